// Runs before the app: fetches the data of the page, draws the page, and loads the wasm.
//
// While the wasm is still loading, this script draws the page from the templates in index.html, without the buttons on
// the user's own posts. When the app is ready, it replaces this page with its own, which looks the same.
// end2end/journeys/start-up.spec.ts compares the two pages. app/tests/browser/start_script.rs compares the routes and
// the timeout with those of the app.

// Must be equal to REQUEST_TIMEOUT in app/src/api/client.rs.
const REQUEST_TIMEOUT_MS = 15_000
// How long the start of the app waits for the posts.
const MAX_WAIT_FOR_POSTS_MS = 500
// How long the script waits for the data before it draws placeholders. On a slow phone, drawing the page twice takes
// longer.
const PLACEHOLDER_DELAY_MS = 100

/**
 * @typedef {{ username: string, name: string }} User
 * @typedef {{
 *   author?: User, owner?: User, created_at: string, body?: string, edited_at?: string | null,
 *   name?: string, description?: string, url?: string | null, received?: boolean,
 * }} Post
 */

// The routes of app/src/router.rs. Each has a pattern of the path and a kind of page. Routes of lists also have the API
// path of the first request, and a condition for the template. Routes of forms have the chunk of the form.
// app/style.css shows different placeholders for each kind of page.
/** @type {[RegExp, string, ((username: string) => string)?, string?][]} */
const ROUTES = [
  [/^\/$/, 'list', () => '/api/messages', 'messages'],
  [/^\/wishes\/?$/, 'list', () => '/api/wishes', 'wishes'],
  [/^\/u\/([a-z0-9_-]{3,30})\/?$/i, 'list', (username) => `/api/users/${username}/wishes`, 'owner'],
  [/^\/signup\/?$/, 'form', undefined, 'guest_forms'],
  [/^\/account\/?$/, 'form', undefined, 'account'],
]
const [pattern, page, apiPath, list] = ROUTES.find(([pattern]) => pattern.test(location.pathname)) ?? [/^/, 'other']
const pathParameter = (location.pathname.match(pattern)?.[1] ?? '').toLowerCase()
const { dataset } = document.documentElement
dataset.page = page

// Fetches public data while the wasm is still loading. app/src/api/early_fetch.rs takes over the response.
/** @type {{ path: string, response: Promise<Response>, text?: string, etag?: string } | undefined} */
let earlyFetch
if (apiPath && AbortSignal.timeout) {
  const path = apiPath(pathParameter)
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  // The browser uses the response to the preload in the page's Link header, because the two requests are alike.
  const response = fetch(path, { signal })
  // The app shows the error. Without this line, the browser would also log an unhandled rejection.
  response.catch(() => {})
  earlyFetch = { path, response }
  Object.assign(globalThis, { wishboardEarlyFetch: earlyFetch })
}

// ---- Draw the page ----

const app = /** @type {HTMLElement} */ (document.getElementById('app'))

/**
 * Returns the parsed value of a key in web storage, or `null` if the key is missing or storage is blocked.
 * @param {string} key
 */
function stored(key) {
  try {
    return JSON.parse(/** @type {string} */ (localStorage.getItem(key))) // `null` stays `null`
  } catch {
    return null
  }
}

/** @type {User | undefined} */
const user = stored('wishboard.session')?.user
// Chooses the language in the same way as app/src/i18n/language.rs.
const language = [stored('wishboard.language'), ...navigator.languages].find((tag) => /^(en|de)/.test(tag)) ?? 'en'
const isGerman = /^de/.test(language)
const locale = navigator.languages.find((tag) => tag.startsWith(language.slice(0, 2))) ?? language

/**
 * Copies a template of index.html and translates it into the user's language. Removes each element whose `data-for`
 * contains a condition that is not in `conditions`.
 * @param {string} id
 * @param {unknown[]} conditions
 */
function copyTemplate(id, conditions) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id))
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (copy.querySelectorAll('[data-for], [data-de]'))) {
    const { for: needed, de: german } = element.dataset
    if (needed?.split(' ').some((condition) => !conditions.includes(condition))) element.remove()
    if (german && isGerman) {
      if (element.ariaLabel) element.ariaLabel = german
      else element.textContent = german
    }
    delete element.dataset.for
    delete element.dataset.de
  }
  return copy
}

/**
 * Sets the text of all elements that match the selector. Removes these elements if the text is empty or missing.
 * @param {ParentNode} root
 * @param {string} selector
 * @param {string | null | undefined} text
 */
function fill(root, selector, text) {
  for (const element of root.querySelectorAll(selector)) {
    if (text) element.textContent = text
    else element.remove()
  }
}

// The objects that format times and split names. Creating them is slow, so they are created before the posts arrive.
/** @type {{ relative: Intl.RelativeTimeFormat, full: Intl.DateTimeFormat, segmenter?: Intl.Segmenter }} */
let formats

/** Formats how long ago a time was, like app/src/i18n/time.rs. @param {string} time */
function relativeTime(time) {
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000)
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]]
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['second', Infinity]
  return formats.relative.format(-Math.floor(seconds / length), unit)
}

/** Returns the hue of a username's colour, like app/src/posts/avatar.rs. @param {string} username */
function hue(username) {
  return [...username].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7) % 360
}

/** Returns the first grapheme cluster of a name. @param {string} name */
function initial(name) {
  const [first] = formats.segmenter?.segment(name) ?? [{ segment: [...name][0] }]
  return first?.segment
}

/** Draws a post like app/src/posts/article.rs. @param {Post} post */
function drawPost({ author, owner, created_at, body, edited_at, name, description, url, received }) {
  const postedBy = /** @type {User} */ (author ?? owner)
  const conditions = [body ? 'message' : 'wish', list === 'owner' ? 'owner' : 'all', received ? 'received' : 'open']
  const copy = copyTemplate('post', [...conditions, edited_at && 'edited'])
  const avatar = /** @type {HTMLElement | null} */ (copy.querySelector('.avatar'))
  avatar?.style.setProperty('--hue', String(hue(postedBy.username)))
  fill(copy, '.avatar', initial(postedBy.name))
  copy.querySelector('.post-author')?.setAttribute('href', `/u/${postedBy.username}`)
  fill(copy, '.post-author bdi', postedBy.name)
  const time = /** @type {HTMLTimeElement} */ (copy.querySelector('time'))
  time.dateTime = created_at
  time.title = formats.full.format(new Date(created_at))
  fill(time, 'span', relativeTime(created_at))
  fill(copy, '.post-text', body ?? description)
  fill(copy, '.wish bdi', name)
  const target = url && URL.canParse?.(url) ? new URL(url) : undefined
  const isLink = target && /^https?:$/.test(target.protocol)
  copy.querySelector('.wish-link')?.setAttribute('href', isLink ? target.href : '')
  fill(copy, '.wish-link', isLink ? target.host : '')
  return copy
}

/**
 * Draws the page. Without data, it shows placeholders in place of the posts.
 * @param {{ posts: Post[], next: string | null }} [data]
 */
function drawPage(data) {
  if (dataset.app) return // the app has started or failed
  const isOwn = list === 'owner' && user?.username === pathParameter
  const posts = data?.posts ?? []
  const isReceived = (/** @type {Post} */ post) => list === 'owner' && post.received
  const received = posts.filter(isReceived)
  const conditions = [
    list,
    user ? 'user' : 'guest',
    isOwn ? 'own' : 'others',
    (isOwn || !user || list !== 'owner') && 'head',
    isGerman ? 'de' : 'en',
    data ? 'loaded' : 'loading',
    data && (posts.length ? 'filled' : 'empty'),
    data && (data.next ? 'more' : 'complete'),
    received.length && 'received',
    (navigator.clipboard || 'share' in navigator) && 'sharing',
  ]
  const copy = copyTemplate('page', conditions)
  const path = list === 'owner' ? `/u/${pathParameter}` : location.pathname.replace(/\/$/, '') || '/'
  copy.querySelector(`nav [href="${path}"]`)?.setAttribute('aria-current', 'page')
  if (path !== '/') copy.querySelector('[href="/signup"]')?.setAttribute('href', `/signup?next=${path}`)
  fill(copy, '.bar-name', user?.name)
  fill(copy, 'h1 [translate]', posts[0]?.owner?.name ?? pathParameter)
  const count = copy.querySelector('.received-wishes span')
  fill(copy, '.received-wishes span', count?.textContent?.replace('{count}', String(received.length)))
  const [feed, receivedFeed] = copy.querySelectorAll('.feed')
  feed?.append(...posts.filter((post) => !isReceived(post)).map(drawPost))
  receivedFeed?.append(...received.map(drawPost))
  const [focused, button] = [document.activeElement, clicked].map(counterpartFinder)
  app.replaceChildren(copy)
  focused?.(app)?.focus({ preventScroll: true })
  clicked = button?.(app)
}

/** Draws the page when its data arrives; first without data if that takes a moment. */
async function drawWhenLoaded() {
  if (!list || !earlyFetch) return
  const placeholders = setTimeout(drawPage, PLACEHOLDER_DELAY_MS)
  formats = {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
    segmenter: Intl.Segmenter && new Intl.Segmenter(),
  }
  const response = await earlyFetch.response
  const text = await response.clone().text()
  if (!response.ok || dataset.app) return
  clearTimeout(placeholders)
  const { messages, wishes, next } = JSON.parse(text)
  drawPage({ posts: messages ?? wishes, next })
  Object.assign(earlyFetch, { text, etag: response.headers.get('etag') ?? '' })
  // The app saves the scroll position in the history entry.
  history.scrollRestoration = 'manual'
  if (history.state) scrollTo(0, history.state)
}

// ---- Hand over to the app ----

/**
 * Returns a function that finds the counterpart of an element in another page: the element with the same tag, text and
 * link. If several elements match, it returns the one at the same position among them.
 * @param {Element | null | undefined} element
 */
function counterpartFinder(element) {
  if (!element) return () => undefined
  const { tagName, textContent } = element
  const href = element.getAttribute('href')
  const findMatches = (/** @type {Element} */ root) =>
    [...root.querySelectorAll(tagName)].filter((other) => other.textContent === textContent && other.getAttribute('href') === href)
  const index = findMatches(app).indexOf(element)
  return (/** @type {Element} */ root) => /** @type {HTMLElement | undefined} */ (findMatches(root)[index])
}

/** The button that was clicked last. The app's page repeats the click. @type {Element | null | undefined} */
let clicked
app.addEventListener('click', ({ target }) => {
  clicked = /** @type {Element} */ (target).closest('button, summary')
})

/**
 * Replaces the drawn page with the app's page, in one task. Keeps the focus and the selected text, and repeats the last
 * click on a button. app/src/lib.rs calls this function.
 * @param {HTMLElement} appPage
 */
function replacePage(appPage) {
  const selection = getSelection()
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0, isCollapsed = true } = selection ?? {}
  const [focused, button, start, end] =
    [document.activeElement, clicked, anchorNode?.parentElement, focusNode?.parentElement].map(counterpartFinder)
  app.replaceWith(appPage)
  focused?.(appPage)?.focus({ preventScroll: true })
  const [startNode, endNode] = [start?.(appPage)?.firstChild, end?.(appPage)?.firstChild]
  if (!isCollapsed && startNode && endNode) selection?.setBaseAndExtent(startNode, anchorOffset, endNode, focusOffset)
  button?.(appPage)?.click()
}
Object.assign(globalThis, { wishboardReplacePage: replacePage })

// ---- Load the app ----

/**
 * Shows an error and a link to the basic version: above the drawn page, or in place of the page of an app that has
 * stopped working.
 * @param {unknown} error
 */
function showError(error) {
  console.error(error)
  const main = /** @type {Element} */ (document.querySelector('#app main'))
  if (dataset.app) main.replaceChildren() // also closes the dialogs
  // Screen readers do not read a busy region.
  main.removeAttribute('aria-busy')
  // Removes the placeholders. Posts that are already shown stay.
  fill(main, '.placeholder, [aria-busy]', '')
  main.prepend(copyTemplate('error', []))
  dataset.app = 'failed'
  const retry = /** @type {HTMLElement} */ (main.querySelector('button'))
  retry.onclick = () => location.reload()
}

// A panic or an exception stops the app, at any time. Only errors of the app have wasm in their stack; those of browser
// extensions do not.
for (const type of ['error', 'unhandledrejection']) {
  addEventListener(type, (/** @type {any} */ { error, reason = error }) => /wasm/.test(reason?.stack) && showError(reason))
}

const drawn = drawWhenLoaded().catch(() => {}) // the app shows the error of the request

try {
  // Trunk writes these two links to index.html. Their addresses contain the hashes of this build's files.
  const [glue, wasm] = /** @type {[HTMLLinkElement, HTMLLinkElement]} */ (['glue', 'wasm'].map((id) => document.getElementById(id)))
  // Preloads the chunks that app/src/chunks.rs loads before the first page appears.
  /** @type {Record<string, string[]>} */
  const files = JSON.parse(glue.dataset.chunks ?? '{}')
  for (const file of [list, user && 'editing', isGerman && 'german_texts'].flatMap((chunk) => files[chunk || ''] ?? [])) {
    const link = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `/${file}.wasm` }
    document.head.append(Object.assign(document.createElement('link'), link))
  }
  const module = WebAssembly.compileStreaming(fetch(wasm.href))
  module.catch(() => {}) // handled below
  // The posts come first, because starting the app blocks the browser for longer than drawing them.
  await Promise.race([module, drawn])
  await Promise.race([drawn, new Promise((end) => setTimeout(end, MAX_WAIT_FOR_POSTS_MS))])
  // The next task after an animation frame runs when the frame is painted. Hidden pages have no frames.
  if (!document.hidden) await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  const { default: startApp } = await import(glue.href)
  await startApp({ module_or_path: await module })
} catch (error) {
  showError(error)
}

export {} // makes this file a module for `tsc`
