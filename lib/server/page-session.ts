import type { SignedInSession } from '@/lib/apis/admin/session/wire'

type Read = () => Promise<SignedInSession | null>

// Pages are bundled by themselves: of this module there are two instances in the process, and pages have no database.
const place = Symbol.for('keybound.sessionOfPage')

/** Gives pages the way to read a session. */
export function provideSessions(read: Read): void {
  Reflect.set(globalThis, place, read)
}

/**
 * Returns the session of the page that is rendered, so that the page begins with its frame; undefined where there is none or it cannot be
 * read: then the browser asks, and says why.
 */
export async function sessionOfPage(): Promise<SignedInSession | undefined> {
  const read: Read | undefined = Reflect.get(globalThis, place)
  return (await read?.().catch(() => null)) ?? undefined
}
