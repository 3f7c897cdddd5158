// Translation of the page, as browsers do it.

import type { Page } from '@playwright/test'

/**
 * Translates each page that opens from now on, and each text that appears on it: replaces each text node by
 * `<font><font>text</font></font>`, as Chrome and Edge do, and changes the attributes that a translation changes. The
 * texts stay the same, so that tests can find them.
 */
export async function translatePages(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const translateText = (text: Text) => {
      const parent = text.parentElement
      if (!parent || text.data.trim() === '' || parent.closest('font, script, style, textarea, noscript')) return
      const translation = document.createElement('font')
      translation.append(document.createElement('font'))
      translation.firstElementChild!.textContent = text.data
      text.replaceWith(translation)
    }
    const translate = (root: Node) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const found: Text[] = root instanceof Text ? [root] : []
      while (texts.nextNode()) found.push(texts.currentNode as Text)
      found.forEach(translateText)
      if (!(root instanceof Element)) return
      for (const element of [root, ...root.querySelectorAll('[title]')]) {
        const title = element.getAttribute('title')
        if (title && !title.startsWith('«')) element.setAttribute('title', `«${title}»`)
      }
    }
    addEventListener('DOMContentLoaded', () => {
      translate(document.body)
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) addedNodes.forEach(translate)
      })
      observer.observe(document.body, { childList: true, subtree: true })
    })
  })
}

/** Returns all texts of the page that a browser may translate. */
export async function translatableTexts(page: Page): Promise<string> {
  return page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest('[translate=no]')) texts.push(walker.currentNode.textContent ?? '')
    }
    return texts.join('\n')
  })
}
