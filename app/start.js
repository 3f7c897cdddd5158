// Runs before the app: says which page this is, starts its first fetch, loads the wasm.
// The only words here are those for when the app can't speak for itself.

// The page kind, for the shell's neutral blocks, and the page's first public data.
const PAGES = [
  [/^\/$/, 'list', () => '/api/messages'],
  [/^\/wishes\/?$/, 'list', () => '/api/wishes'],
  [/^\/u\/([a-z0-9_-]{3,30})\/?$/i, 'list', (name) => `/api/users/${name.toLowerCase()}/wishes`],
  [/^\/(signup|account)\/?$/, 'form'],
]
const [pattern, page, first] = PAGES.find(([pattern]) => pattern.test(location.pathname)) ?? [, 'other']
document.documentElement.dataset.page = page

// Public data is on its way while the wasm still loads; app/src/api.rs takes it from here.
if (first && AbortSignal.timeout) {
  const path = first(location.pathname.match(pattern)[1])
  const answer = fetch(path, { credentials: 'omit', signal: AbortSignal.timeout(15000) })
  // The app reports it; nobody else need.
  answer.catch(() => {})
  globalThis.wishboardFirst = { path, answer }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function giveUp(error) {
  console.error(error)
  const retry = element('button', { className: 'button', type: 'button' }, 'Retry')
  retry.addEventListener('click', () => location.reload())
  const plain = element('a', { href: '/lite' }, 'plain pages')
  const main = document.querySelector('#app main')
  // Or a screen reader would not read it.
  main.removeAttribute('aria-busy')
  main.replaceChildren(
    element(
      'div',
      { className: 'state', role: 'alert' },
      element('h1', {}, 'Wishboard could not be loaded.'),
      element('p', {}, retry),
      element('p', {}, 'Or use the ', plain, ', which work in any browser.'),
    ),
  )
}

function load(src) {
  return new Promise((onload, onerror) => document.head.append(element('script', { src, onload, onerror })))
}

try {
  // Trunk writes these two links; they name the files of this build.
  await load(document.getElementById('glue').href)
  await wasm_bindgen({ module_or_path: document.getElementById('wasm').href })
} catch (error) {
  giveUp(error)
}
