// Runs before the app: says which kind of page this is, sends the page's first request, and loads the wasm.
// Its only texts are those for an app that cannot be loaded.
//
// app/tests/browser/start_script.rs runs the first part of this file, and compares it with the app.

// REQUEST_TIMEOUT in app/src/api/client.rs.
const REQUEST_TIMEOUT_MS = 15_000

// The routes of app/src/router.rs: the path, the kind of page, and the API path of its first request.
// The kind of page decides which blocks app/style.css shows until the app has started.
const ROUTES = [
  [/^\/$/, 'list', () => '/api/messages'],
  [/^\/wishes\/?$/, 'list', () => '/api/wishes'],
  [/^\/u\/([a-z0-9_-]{3,30})\/?$/i, 'list', (username) => `/api/users/${username.toLowerCase()}/wishes`],
  [/^\/(signup|account)\/?$/, 'form'],
]
const [pattern, page, apiPath] = ROUTES.find(([pattern]) => pattern.test(location.pathname)) ?? [, 'other']
document.documentElement.dataset.page = page

// Loads public data while the wasm is still loading. app/src/api/early_fetch.rs takes the response.
if (apiPath && AbortSignal.timeout) {
  const path = apiPath(location.pathname.match(pattern)[1])
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  const response = fetch(path, { credentials: 'omit', signal })
  // The app shows the error. Without this line, the browser would also report it.
  response.catch(() => {})
  globalThis.wishboardEarlyFetch = { path, response }
}

// ---- Load the app ----

function loadScript(src) {
  return new Promise((onload, onerror) => document.head.append(createElement('script', { src, onload, onerror })))
}

function showLoadError(error) {
  console.error(error)
  const retry = createElement('button', { className: 'button', type: 'button' }, 'Retry')
  retry.addEventListener('click', () => location.reload())
  const basicVersion = createElement('a', { href: '/lite' }, 'basic version')
  const main = document.querySelector('#app main')
  // Screen readers do not read a busy region.
  main.removeAttribute('aria-busy')
  main.replaceChildren(
    createElement(
      'div',
      { className: 'state', role: 'alert' },
      createElement('h1', {}, 'Wishboard could not be loaded.'),
      createElement('p', {}, retry),
      createElement('p', {}, 'Or use the ', basicVersion, ', which works in every browser.'),
    ),
  )
}

function createElement(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

try {
  // Trunk writes these two links. They contain the names of this build's files.
  await loadScript(document.getElementById('glue').href)
  await wasm_bindgen({ module_or_path: document.getElementById('wasm').href })
} catch (error) {
  showLoadError(error)
}
