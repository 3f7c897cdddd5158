// The app's keys and values in localStorage. The other files of the end-to-end tests import them from here.

/** A page of Playwright, or a tab of another browser. */
type Page = {
  evaluate<Arg, Result>(pageFunction: (arg: Arg) => Result, arg: Arg): Promise<Result>
  reload(): Promise<unknown>
}

/** Holds the logged-in user and the access token: `{ user, token }`. */
export const SESSION_KEY = 'wishboard.session'
/** Holds the drafts of a guest. The key for a user's drafts is this one followed by the username. */
export const GUEST_DRAFTS_KEY = 'wishboard.drafts.'

/** The access token of the user who is logged in on this page. */
export async function accessToken(page: Page): Promise<string> {
  const token = await page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{}').token, SESSION_KEY)
  if (typeof token !== 'string') throw new Error('localStorage holds no access token: log in first')
  return token
}

/** Replaces the access token with one that the API rejects, and reloads the page, so that the app reads it. */
export async function invalidateAccessToken(page: Page): Promise<void> {
  await page.evaluate((key) => {
    const session = JSON.parse(localStorage.getItem(key) ?? '{}')
    localStorage.setItem(key, JSON.stringify({ ...session, token: 'rejected' }))
  }, SESSION_KEY)
  await page.reload()
}
