import { AsyncLocalStorage } from 'node:async_hooks'
import type { SignedInSession } from '@/lib/apis/admin/session/wire'
import { describeSession, findSessionActor } from '@/lib/services/people/session'
import { anonymousContext } from './session'

// Beside the request: no cookie of a session reaches the framework.
const cookies = new AsyncLocalStorage<string>()

/** Serves a page whose session can be read meanwhile. */
export const servePage = <T>(cookie: string | undefined, serve: () => T): T => cookies.run(cookie ?? '', serve)

/** Returns the session of the page that is served, as `GET /api/admin/session` does. */
export async function readPageSession(): Promise<SignedInSession | null> {
  const cookie = cookies.getStore()
  if (!cookie) return null
  const headers = new Headers({ cookie })
  const ctx = anonymousContext({ method: 'GET', url: 'http://keybound.invalid/', headers, body: null })
  const found = await findSessionActor(ctx, headers)
  return found && describeSession({ ...ctx, ...found })
}
