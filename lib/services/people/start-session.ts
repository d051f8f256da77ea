import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import type { Context } from '../context'
import { authOn, sessionSeconds } from './auth'

/** How a person signed in; `+code` after a second step. A passkey is both steps in one. */
export type SessionMethod = 'password' | 'provider' | 'password+code' | 'provider+code' | 'passkey'

/** Starts a session of a person, in the transaction of their authentication. Returns the cookies to set. */
export async function startSession(tx: Tx, ctx: Context, userId: string, method: SessionMethod): Promise<string[]> {
  const headers = new Headers(ctx.userAgent ? { 'user-agent': ctx.userAgent } : {})
  const answer = await authOn(tx).api.startSession({ body: { userId }, headers, asResponse: true })
  const { id } = Started.parse(await answer.json())
  // Columns of ours, which better-auth does not write.
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + sessionSeconds * 1000)
  await tx.session.update({
    where: { id },
    data: { method, ipAddress: ctx.ip, createdAt: now, lastUsedAt: now, expiresAt },
  })
  return answer.headers.getSetCookie()
}

const Started = z.object({ id: z.string() })
