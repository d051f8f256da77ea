import type { Db } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { record } from '../audit/record'
import type { Acting } from '../context'
import { currentOf, forgetSigningKeys, inOrder, kidOf, newSigningKey } from './signing-key'

export type Rotation = {
  /** How long the new key is published before it signs, for verifiers that keep the key set for a while. */
  publishedFirstSeconds: number
  /** Removes all other keys: every access token that was issued before is refused from then on. */
  endsTokens: boolean
}

/**
 * Makes a new key for access tokens. Servers that are running take it up within `freshSeconds`; tokens signed by former keys are
 * accepted until they end.
 */
export async function rotateSigningKey(
  acting: Acting & { db: Db },
  { publishedFirstSeconds, endsTokens }: Rotation,
): Promise<{ kid: string; signsFrom: Date }> {
  const { db } = acting
  const now = acting.now()
  const made = await newSigningKey(new Date(now.getTime() + publishedFirstSeconds * 1000))
  const kid = made.id
  const signsFrom = await inTransaction({ db }, async (tx) => {
    const keys = await tx.signingKey.findMany({ orderBy: [...inOrder] })
    const current = keys[currentOf(keys, now)]
    const signsFrom = new Date(Math.max(made.createdAt.getTime(), (current?.createdAt.getTime() ?? 0) + 2))
    // One that was to sign later is passed over. By another server's clock it may have signed already, so it is no less accepted.
    const passedOver = { createdAt: new Date(signsFrom.getTime() - 1) }
    await tx.signingKey.updateMany({ where: { createdAt: { gte: signsFrom } }, data: passedOver })
    if (endsTokens) await tx.signingKey.deleteMany()
    await tx.signingKey.create({ data: { ...made, createdAt: signsFrom } })
    await record(tx, acting, {
      action: 'signing-key.rotated',
      target: { kind: 'signing-key', id: kid, name: kid },
      before: { kid: current ? kidOf(current) : null },
      after: { kid, signsFrom, endsTokens },
    })
    return signsFrom
  })
  forgetSigningKeys(db)
  return { kid, signsFrom }
}
