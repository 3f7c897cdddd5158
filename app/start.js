// Runs before the app: fetches the page's first data, shows it, and loads the wasm.
//
// It draws a page as a guest sees it, from the templates in index.html, while the wasm is still loading. When the app
// is ready, it replaces this page by its own, which looks the same. end2end/journeys/start-up.spec.ts compares the two;
// app/tests/browser/start_script.rs compares the routes and the timeout with those of the app.

// REQUEST_TIMEOUT in app/src/api/client.rs.
const REQUEST_TIMEOUT_MS = 15_000

/**
 * @typedef {{ username: string, name: string }} User
 * @typedef {{
 *   author?: User, owner?: User, created_at: string, body?: string, edited_at?: string | null,
 *   name?: string, description?: string, url?: string | null, received?: boolean,
 * }} Post
 */

// The routes of app/src/router.rs: the path, the kind of page, and the API path of its first request. The kind of page
// decides which blocks app/style.css shows until the page is drawn, and which parts of the template stay.
/** @type {[RegExp, string, ((username: string) => string)?, string?][]} */
const ROUTES = [
  [/^\/$/, 'list', () => '/api/messages', 'messages'],
  [/^\/wishes\/?$/, 'list', () => '/api/wishes', 'wishes'],
  [/^\/u\/([a-z0-9_-]{3,30})\/?$/i, 'list', (username) => `/api/users/${username}/wishes`, 'owner'],
  [/^\/(signup|account)\/?$/, 'form'],
]
const [pattern, page, apiPath, list] = ROUTES.find(([pattern]) => pattern.test(location.pathname)) ?? [/^/, 'other']
const pathParameter = (location.pathname.match(pattern)?.[1] ?? '').toLowerCase()
document.documentElement.dataset.page = page

// Loads public data while the wasm is still loading. app/src/api/early_fetch.rs takes the response.
/** @type {{ path: string, response: Promise<Response>, text?: string, etag?: string } | undefined} */
let early
if (apiPath && AbortSignal.timeout) {
  const path = apiPath(pathParameter)
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  // The browser may have started this request already: the page's `Link` header preloads it. It uses the preloaded
  // response only if the credentials mode is the same. CloudFront caches the lists whatever the cookies are.
  const response = fetch(path, { credentials: 'same-origin', signal })
  // The app shows the error. Without this line, the browser would also report it.
  response.catch(() => {})
  early = { path, response }
  Object.assign(globalThis, { wishboardEarlyFetch: early })
}

// ---- Draw the page ----

const app = /** @type {HTMLElement} */ (document.getElementById('app'))

/**
 * The JSON value of a key in web storage; `null` if there is none, or if storage is blocked.
 * @param {string} key
 */
function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** @type {User | undefined} */
const user = stored('wishboard.session')?.user
// The same choice as in app/src/i18n/language.rs.
const language = [stored('wishboard.language'), ...navigator.languages].find((tag) => /^(en|de)/.test(tag)) ?? 'en'
const isGerman = /^de/.test(language)
const locale = navigator.languages.find((tag) => tag.startsWith(language.slice(0, 2))) ?? language

/**
 * Returns a copy of a template of index.html, in the user's language. Removes each element whose `data-for` names a
 * condition that does not hold.
 * @param {string} id
 * @param {string[]} conditions
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
 * Sets the text of the elements that match the selector. Without a text, removes these elements.
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

/** How long ago a time was, as in app/src/i18n/time.rs. @param {string} time */
function relativeTime(time) {
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000)
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]]
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['second', Infinity]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(seconds / length), unit)
}

/** The hue of a username's color, as in app/src/posts/avatar.rs. @param {string} username */
function hue(username) {
  return [...username].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7) % 360
}

/** The first character of a name, with its accents. @param {string} name */
function initial(name) {
  const [first] = Intl.Segmenter ? new Intl.Segmenter().segment(name) : [{ segment: [...name][0] }]
  return first?.segment
}

/** A post, as app/src/posts/article.rs draws it. @param {Post} post */
function drawPost({ author, owner, created_at, body, edited_at, name, description, url, received }) {
  const by = /** @type {User} */ (author ?? owner)
  const conditions = [body ? 'message' : 'wish', list === 'owner' ? 'owner' : 'all']
  const copy = copyTemplate('post', [...conditions, ...(edited_at ? ['edited'] : []), received ? 'received' : 'open'])
  const avatar = /** @type {HTMLElement | null} */ (copy.querySelector('.avatar'))
  avatar?.style.setProperty('--hue', String(hue(by.username)))
  fill(copy, '.avatar', initial(by.name))
  copy.querySelector('.thing-owner')?.setAttribute('href', `/u/${by.username}`)
  fill(copy, '.thing-owner bdi', by.name)
  const time = /** @type {HTMLTimeElement} */ (copy.querySelector('time'))
  time.dateTime = created_at
  time.title = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(created_at))
  time.textContent = relativeTime(created_at)
  fill(copy, '.lines', body ?? description)
  fill(copy, '.wish bdi', name)
  const target = url && URL.canParse?.(url) ? new URL(url) : undefined
  const isLink = target && /^https?:$/.test(target.protocol)
  copy.querySelector('.wish-link')?.setAttribute('href', isLink ? target.href : '')
  fill(copy, '.wish-link', isLink ? target.host : '')
  return copy
}

/** Draws the page. Without data, it has no posts. @param {{ posts: Post[], next: string | null }} [data] */
function drawPage(data) {
  const isOwn = list === 'owner' && user?.username === pathParameter
  const conditions = [/** @type {string} */ (list), user ? 'user' : 'guest', data ? 'loaded' : 'loading']
  if (isOwn || !user || list !== 'owner') conditions.push('head')
  conditions.push(isOwn ? 'own' : 'others', isGerman ? 'de' : 'en')
  const posts = data?.posts ?? []
  if (data?.next) conditions.push('more')
  if (navigator.clipboard || 'share' in navigator) conditions.push('sharing')
  const isReceived = (/** @type {Post} */ post) => list === 'owner' && post.received
  const received = posts.filter(isReceived)
  if (received.length) conditions.push('received')
  const copy = copyTemplate('page', conditions)
  const path = list === 'owner' ? `/u/${pathParameter}` : location.pathname.replace(/\/$/, '') || '/'
  copy.querySelector(`nav [href="${path}"]`)?.setAttribute('aria-current', 'page')
  if (path !== '/') copy.querySelector('[href="/signup"]')?.setAttribute('href', `/signup?next=${path}`)
  fill(copy, '.bar-name', user?.name)
  const name = posts[0]?.owner?.name ?? pathParameter
  for (const element of copy.querySelectorAll('h1, .fold > summary')) {
    element.textContent = (element.textContent ?? '').replace('{name}', name).replace('{count}', String(received.length))
  }
  const [feed, receivedFeed] = copy.querySelectorAll('.feed')
  if (data) {
    feed?.append(...posts.filter((post) => !isReceived(post)).map(drawPost))
    receivedFeed?.append(...received.map(drawPost))
  }
  const [focused, button] = [document.activeElement, clicked].map(locate)
  app.replaceChildren(copy)
  focused?.(app)?.focus({ preventScroll: true })
  clicked = button?.(app)
}

/** Draws the page at once, and again when its data has arrived, unless the app is ready or has failed by then. */
async function drawWhenLoaded() {
  if (!list || !early) return
  drawPage()
  const response = await early.response
  const text = await response.clone().text()
  if (!response.ok || document.documentElement.dataset.app) return
  const { messages, wishes, next } = JSON.parse(text)
  const posts = messages ?? wishes
  // The app draws an empty list.
  if (posts.length) drawPage({ posts, next })
  Object.assign(early, { text, etag: response.headers.get('etag') ?? '' })
  // The app saves the scroll position in the history entry.
  history.scrollRestoration = 'manual'
  if (typeof history.state === 'number') scrollTo(0, history.state)
}

// ---- Hand over to the app ----

/**
 * Returns a function that finds the counterpart of an element in the app's page: an element with the same tag, text
 * and link. If several match, their order decides.
 * @param {Element | null | undefined} element
 */
function locate(element) {
  if (!element || !app.contains(element)) return () => undefined
  const { tagName, textContent } = element
  const href = element.getAttribute('href')
  const alike = (/** @type {Element} */ root) =>
    [...root.querySelectorAll(tagName)].filter((other) => other.textContent === textContent && other.getAttribute('href') === href)
  const index = alike(app).indexOf(element)
  return (/** @type {Element} */ root) => /** @type {HTMLElement | undefined} */ (alike(root)[index])
}

/** @type {Element | undefined} */
let clicked
app.addEventListener('click', ({ target }) => {
  clicked = /** @type {Element} */ (target).closest('button, summary') ?? undefined
})

/**
 * Replaces the drawn page by the app's, in one task. Keeps the focus and the selected text, and carries out the last
 * click on a button. app/src/lib.rs calls it.
 * @param {HTMLElement} appPage
 */
function replacePage(appPage) {
  const selection = getSelection()
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0, isCollapsed = true } = selection ?? {}
  const [focused, button, start, end] =
    [document.activeElement, clicked, anchorNode?.parentElement, focusNode?.parentElement].map(locate)
  app.replaceWith(appPage)
  focused?.(appPage)?.focus({ preventScroll: true })
  const [startNode, endNode] = [start?.(appPage)?.firstChild, end?.(appPage)?.firstChild]
  if (!isCollapsed && startNode && endNode) selection?.setBaseAndExtent(startNode, anchorOffset, endNode, focusOffset)
  button?.(appPage)?.click()
}
Object.assign(globalThis, { wishboardReplacePage: replacePage })

// ---- Load the app ----

/** @param {string} src */
function loadScript(src) {
  return new Promise((onload, onerror) => document.head.append(createElement('script', { src, onload, onerror })))
}

/** @param {unknown} error */
function showLoadError(error) {
  console.error(error)
  document.documentElement.dataset.app = 'failed'
  const retry = createElement('button', { className: 'button', type: 'button' }, 'Retry')
  retry.addEventListener('click', () => location.reload())
  const basicVersion = createElement('a', { href: '/lite' }, 'basic version')
  const main = /** @type {Element} */ (document.querySelector('#app main'))
  // Screen readers do not read a busy region.
  main.removeAttribute('aria-busy')
  // Posts that are already shown stay.
  main.querySelectorAll('.block, [aria-busy]').forEach((block) => block.remove())
  main.prepend(
    createElement(
      'div',
      { className: 'state', role: 'alert' },
      createElement('h1', {}, 'Wishboard could not be loaded.'),
      createElement('p', {}, retry),
      createElement('p', {}, 'Or use the ', basicVersion, ', which works in every browser.'),
    ),
  )
}

/**
 * @param {string} name
 * @param {object} properties
 * @param {(string | Node)[]} children
 */
function createElement(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

drawWhenLoaded().catch(() => {}) // the app shows the error

try {
  // Trunk writes these two links. They contain the names of this build's files.
  const [glue, wasm] = ['glue', 'wasm'].map((id) => /** @type {HTMLLinkElement} */ (document.getElementById(id)).href)
  await loadScript(glue)
  await wasm_bindgen({ module_or_path: wasm })
} catch (error) {
  showLoadError(error)
}

export {} // makes this file a module for `tsc`
