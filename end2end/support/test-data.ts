// Names and texts that no other test uses, because the tests of a worker share one server.

/** The password of each user that a test signs up. */
export const PASSWORD = 'violet teapots migrate north'

/** A username that no other test uses: 15 characters, of at most 30. */
export function uniqueUsername(): string {
  return `p-${crypto.randomUUID().slice(0, 13)}`
}

/** A text that no other test uses: `Hello (<uuid>)`. */
export function uniqueText(start: string): string {
  return `${start} (${crypto.randomUUID()})`
}
