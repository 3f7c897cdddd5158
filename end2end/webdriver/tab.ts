// The tab of a browser, with the steps of a test. Each step is repeated until it succeeds or its time limit is reached.
// An area is a CSS selector: the step considers only the elements inside.

import { expect } from '@playwright/test'
import type { Driver, PageFunction } from './driver.ts'

export class Tab {
  constructor(
    private readonly driver: Driver,
    private readonly origin: string,
  ) {}

  async goto(path: string): Promise<void> {
    await this.driver.goto(this.origin + path)
  }

  async reload(): Promise<void> {
    await this.driver.reload()
  }

  async evaluate<Arg, Result>(pageFunction: PageFunction<[Arg], Result>, arg: Arg): Promise<Result> {
    return this.driver.evaluate(pageFunction, arg)
  }

  /** Clicks on a button, a link or the summary of a menu, by its name. */
  async click(area: string, name: string): Promise<void> {
    await expect(() => this.driver.click(findControl, area, name)).toPass()
  }

  /** Replaces the text of a field, by its label. */
  async fill(area: string, label: string, text: string): Promise<void> {
    await expect(async () => {
      await this.driver.click(findField, area, label)
      await this.driver.evaluate(selectFocusedText)
      await this.driver.type(text)
      expect(await this.driver.evaluate(focusedText)).toBe(text)
    }).toPass()
  }

  /** Waits until the area contains the text. */
  async expectText(area: string, text: string): Promise<void> {
    await expect(async () => {
      expect(await this.driver.evaluate(visibleText, area)).toContain(text)
    }).toPass()
  }

  /** Waits until an element has the focus. */
  async expectFocus(selector: string): Promise<void> {
    await expect(async () => {
      expect(await this.driver.evaluate(hasFocus, selector)).toBe(true)
    }).toPass()
  }

  /** Waits until the area has loaded and does not contain the text. */
  async expectNoText(area: string, text: string): Promise<void> {
    await expect(async () => {
      expect(await this.driver.evaluate(isLoaded, area)).toBe(true)
      expect(await this.driver.evaluate(visibleText, area)).not.toContain(text)
    }).toPass()
  }
}

function findControl(area: string, name: string): Element | null {
  const controls = [...document.querySelectorAll(`:is(${area}) :is(a, button, summary)`)]
  const nameOf = (control: Element) => (control.ariaLabel ?? control.textContent ?? '').trim()
  return controls.find((control) => control.checkVisibility() && nameOf(control) === name) ?? null
}

function findField(area: string, text: string): Element | null {
  const labels = [...document.querySelectorAll<HTMLLabelElement>(`:is(${area}) label`)]
  return labels.find((label) => label.checkVisibility() && label.textContent?.trim() === text)?.control ?? null
}

function selectFocusedText(): void {
  ;(document.activeElement as HTMLInputElement).select()
}

function focusedText(): string {
  return (document.activeElement as HTMLInputElement).value
}

function hasFocus(selector: string): boolean {
  return document.activeElement?.matches(selector) ?? false
}

function visibleText(area: string): string {
  return [...document.querySelectorAll<HTMLElement>(area)].map((element) => element.innerText).join('\n')
}

function isLoaded(area: string): boolean {
  return document.querySelector(area) !== null && document.querySelector('[aria-busy=true]') === null
}
