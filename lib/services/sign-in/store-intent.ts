import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'

/** Seconds from the start of a sign-in until its token must have come. */
export const intentSeconds = 600

/** How long another application has to retrieve the result. */
export const resultSeconds = 3600

type NewIntent =
  | { purpose: 'session'; browserHash: string; successUrl: string }
  | { purpose: 'intent'; successUrl: string; failureUrl: string; startedBy: string | null }

/** Remembers that a sign-in has begun. Retention removes it a day after its end. */
export async function storeIntent(
  db: Pick<Tx, 'signInIntent'>,
  ctx: Context,
  trust: Pick<Trust, 'id'>,
  intent: NewIntent,
): Promise<string> {
  const now = ctx.now()
  const { id } = await db.signInIntent.create({
    data: {
      id: newId(),
      trustId: trust.id,
      status: 'started',
      createdAt: now,
      expiresAt: new Date(now.getTime() + intentSeconds * 1000),
      ...intent,
    },
  })
  return id
}
