// What the tests need from a browser. firefox.ts and webkit.ts implement it, each with the protocol of its browser.

/**
 * A function that runs in the page. The browser receives only its source text, so it can use its arguments and the
 * page, but nothing else of its module.
 */
export type PageFunction<Args extends unknown[], Result> = (...args: Args) => Result

/** A browser with one tab. */
export interface Driver {
  /** Opens a page and waits until it has loaded. */
  goto(url: string): Promise<void>
  /** Reloads the page and waits until it has loaded. */
  reload(): Promise<void>
  /** Runs a function in the page. Its arguments and its result are JSON values. */
  evaluate<Args extends unknown[], Result>(pageFunction: PageFunction<Args, Result>, ...args: Args): Promise<Result>
  /** Clicks with the mouse on the element that the function returns. Fails if it returns `null`. */
  click<Args extends unknown[]>(find: PageFunction<Args, Element | null>, ...args: Args): Promise<void>
  /** Types with the keyboard into the element that has the focus. */
  type(text: string): Promise<void>
  /** Ends the browser and removes its files. */
  close(): Promise<void>
}
