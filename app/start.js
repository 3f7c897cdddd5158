// Runs before the app: fetches the data of the page, draws the page, and loads the wasm.
//
// While the wasm is still loading, this script draws the page from the templates in index.html, without the buttons on
// the user's own posts. When the app is ready, it replaces this page with its own, which looks the same.
// end2end/journeys/start-up.spec.ts compares the two pages. app/tests/browser/start_script.rs compares the routes and
// the timeout with those of the app.

// Must be equal to REQUEST_TIMEOUT in app/src/api/request_timeout.rs.
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

// The same routes as in app/src/router.rs, which also ignores one trailing slash.
const path = location.pathname.replace(/\/$/, '')
const username = path.match(/^\/u\/([a-z0-9_-]{3,30})$/i)?.[1]?.toLowerCase()
/** @type {Record<string, string | undefined>} */
const lists = { '': 'messages', '/wishes': 'wishes' }
const list = username ? 'owner' : lists[path]
// The chunk of a page with a form.
/** @type {Record<string, string | undefined>} */
const forms = { '/signup': 'guest_forms', '/account': 'account' }
const form = forms[path]
// app/style.css shows different placeholders for each kind of page.
const { dataset } = document.documentElement
dataset.page = list ? 'list' : form ? 'form' : 'other'

// Fetches public data while the wasm is still loading. app/src/api/early_fetch.rs takes over the response.
/** @type {{ path: string, response: Promise<Response>, text?: string, etag?: string } | undefined} */
let earlyFetch
if (list && AbortSignal.timeout) {
  const path = username ? `/api/users/${username}/wishes` : `/api/${list}`
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  // The browser uses the response to the preload in the page's Link header, because the two requests are alike.
  const response = fetch(path, { signal })
  // The app shows the error. Without this line, the browser would also log an unhandled rejection.
  response.catch(() => {})
  earlyFetch = { path, response }
  Object.assign(globalThis, { wishboardEarlyFetch: earlyFetch })
}

// ---- Draw the page ----

let app = /** @type {HTMLElement} */ (document.getElementById('app'))

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
 * Copies a template of index.html and translates it into the user's language. Replaces each `{key}` with its value.
 * Removes elements whose text is then empty, or whose `data-for` contains a condition that is not in `conditions`.
 * @param {string} id
 * @param {unknown[]} conditions
 * @param {Record<string, string | number | null | undefined>} [values]
 */
function copyTemplate(id, conditions, values = {}) {
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
  for (const { attributes, childNodes } of copy.querySelectorAll('*')) {
    for (const node of [...attributes, ...childNodes]) {
      node.nodeValue &&= node.nodeValue.replace(/{(\w+)}/g, (_, key) => String(values[key] || ''))
      if (node.nodeValue === '') node.parentElement?.remove()
    }
  }
  return copy
}

/** Adds the texts of all times to the early page, like app/src/i18n/time.rs. */
function drawTimes() {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]]
  for (const time of app.querySelectorAll('time')) {
    const date = new Date(time.dateTime)
    const seconds = Math.max(0, (Date.now() - +date) / 1000)
    const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['second', Infinity]
    time.title = full.format(date)
    time.children[0]?.append(relative.format(-Math.floor(seconds / length), unit))
  }
}

/** Returns the hue of a username's colour, like app/src/posts/avatar.rs. @param {string} username */
function hue(username) {
  return [...username].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7) % 360
}

/** Returns the first grapheme cluster of a name. @param {string} name */
function initial(name) {
  // The first use of Intl is slow, and ASCII does not need it.
  if (/^[ -~]{2}/.test(name) || !Intl.Segmenter) return [...name][0]
  const [first] = new Intl.Segmenter().segment(name)
  return first?.segment
}

// Must be equal to LINK and LONG in app/src/posts/text.rs.
const LINK = /(https?:\/\/(?:\([^\s()]*\)|[^\s()<>"])*(?:\([^\s()]*\)|[^\s\p{P}<>]|[/#%&_-]))/iu
const LONG = /^([^]{800}|(.*\n){12})/

/** Draws a post like app/src/posts/article.rs. @param {Post} post */
function drawPost({ author, owner, created_at, body, edited_at, name, description, url, received }) {
  const postedBy = /** @type {User} */ (author ?? owner)
  const text = body ?? description ?? ''
  const conditions = [
    body ? 'message' : 'wish',
    username ? 'owner' : 'all',
    received ? 'received' : 'open',
    edited_at && 'edited',
    LONG.test(text) && 'long',
  ]
  const { protocol, host } = Object.assign(document.createElement('a'), { href: url })
  const copy = copyTemplate('post', conditions, {
    initial: initial(postedBy.name),
    author: postedBy.name,
    username: postedBy.username,
    created_at,
    name,
    url,
    host: url && /^https?:$/.test(protocol) ? host : '',
  })
  const avatar = /** @type {HTMLElement | null} */ (copy.querySelector('.avatar'))
  avatar?.style.setProperty('--hue', String(hue(postedBy.username)))
  const paragraph = copy.querySelector('.post-text')
  const rel = 'noopener noreferrer nofollow'
  paragraph?.append(...text.split(LINK).map((part, index) =>
    index % 2 ? Object.assign(document.createElement('a'), { href: part, target: '_blank', rel, textContent: part }) : part))
  if (!text) paragraph?.remove()
  return copy
}

/**
 * Draws the page. Without data, it shows placeholders in place of the posts.
 * @param {{ posts: Post[], next: string | null }} [data]
 */
function drawPage(data) {
  if (dataset.app) return // the app has started or failed
  // Users can post on the two pages with the posts of all users, and on their own list.
  const isOwn = !username || user?.username === username
  const posts = data?.posts ?? []
  const received = posts.filter((post) => username && post.received)
  const conditions = [
    list,
    user ? 'user' : 'guest',
    isOwn ? 'own' : 'others',
    isGerman ? 'de' : 'en',
    data ? 'loaded' : 'loading',
    posts.length ? 'filled' : 'empty',
    data?.next ? 'more' : 'complete',
    received.length && 'received',
    (navigator.clipboard || 'share' in navigator) && 'sharing',
  ]
  const copy = copyTemplate('page', conditions, {
    user: user?.name,
    username,
    owner: (isOwn && user?.name) || (posts[0]?.owner?.name ?? username),
    count: received.length,
    next: path && '?next=' + (username ? `/u/${username}` : path),
  })
  copy.querySelector(`nav [href="${path || '/'}"]`)?.setAttribute('aria-current', 'page')
  const [feed, receivedFeed] = copy.querySelectorAll('.feed')
  feed?.append(...posts.filter((post) => !received.includes(post)).map(drawPost))
  receivedFeed?.append(...received.map(drawPost))
  const page = /** @type {HTMLElement} */ (app.cloneNode())
  page.append(copy)
  replacePage(page)
}

/** Waits until the browser has painted the page. Hidden pages have no frames. */
async function nextPaint() {
  // The next task after an animation frame runs once the frame is painted.
  if (!document.hidden) await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
}

/** Draws the page when its data arrives. Draws placeholders first if that takes longer than PLACEHOLDER_DELAY_MS. */
async function drawWhenLoaded() {
  if (!list || !earlyFetch) return nextPaint()
  const placeholders = setTimeout(drawPage, PLACEHOLDER_DELAY_MS)
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
  // On a slow phone, the first use of Intl takes longer than drawing all posts.
  await nextPaint()
  if (!dataset.app) drawTimes()
}

// ---- Hand over to the app ----

/**
 * Returns a function that finds the counterpart of a node in another page: the node with the same name, text and link.
 * If several nodes match, it returns the one at the same position among them.
 * @param {Node | null | undefined} node
 */
function counterpartFinder(node) {
  if (!node) return () => undefined
  const findMatches = (/** @type {Node} */ root) => {
    const nodes = document.createNodeIterator(root)
    const matches = []
    for (let other; (other = nodes.nextNode()); )
      if (other.nodeName === node.nodeName && other.textContent === node.textContent && /** @type {any} */ (other).href === /** @type {any} */ (node).href) matches.push(other)
    return matches
  }
  const index = findMatches(app).findIndex((other) => other === node)
  return (/** @type {Node} */ root) => /** @type {HTMLElement | undefined} */ (findMatches(root)[index])
}

/** The button that was clicked last. The app's page repeats the click. @type {HTMLElement | null | undefined} */
let clicked
document.addEventListener('click', ({ target }) => {
  clicked = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('button, summary'))
})

/**
 * Replaces the page with another, in one task. Keeps the focus, the selected text and the button that was clicked.
 * @param {HTMLElement} page
 */
function replacePage(page) {
  const selection = /** @type {Selection} */ (getSelection())
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = selection
  const find = [document.activeElement, clicked, anchorNode, focusNode].map(counterpartFinder)
  app.replaceWith(page)
  app = page
  const [focused, button, start, end] = find.map((find) => find(page))
  focused?.focus({ preventScroll: true })
  clicked = button
  if (!isCollapsed && start && end) selection.setBaseAndExtent(start, anchorOffset, end, focusOffset)
}

Object.assign(globalThis, {
  /** Replaces the early page with the app's page. app/src/lib.rs calls this function. @param {HTMLElement} page */
  wishboardReplacePage(page) {
    replacePage(page)
    clicked?.click()
  },
})

// ---- Load the app ----

/**
 * Shows an error and a link to the basic version: above the early page, or in place of the page of an app that has
 * stopped working.
 * @param {unknown} error
 */
function showError(error) {
  console.error(error)
  const main = /** @type {Element} */ (document.querySelector('#app main'))
  if (dataset.app) main.replaceChildren() // also closes the dialogs
  main.ariaBusy = null // screen readers do not read a busy region
  main.prepend(copyTemplate('error', []))
  dataset.app = 'failed' // app/style.css hides the placeholders; posts that are already shown stay
  main.querySelector('button')?.addEventListener('click', () => location.reload())
}

// A panic or an uncaught exception can stop the app at any time. Only errors of the app have wasm in their stack; those
// of browser extensions do not.
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
  for (const file of [form, user && 'editing', isGerman && 'german_texts'].flatMap((chunk) => files[chunk || ''] ?? [])) {
    const link = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `/${file}.wasm` }
    document.head.append(Object.assign(document.createElement('link'), link))
  }
  const file = fetch(wasm.href)
  file.catch(() => {}) // handled below
  // The posts come first, because compiling and starting the app blocks the browser for longer than drawing them.
  await Promise.race([file, drawn])
  await Promise.race([drawn, new Promise((end) => setTimeout(end, MAX_WAIT_FOR_POSTS_MS))])
  const script = await import(glue.href)
  await script.default({ module_or_path: file })
} catch (error) {
  showError(error)
}

export {} // makes this file a module for `tsc`
