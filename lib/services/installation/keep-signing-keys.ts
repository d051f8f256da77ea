import type { Db } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { record } from '../audit/record'
import { systemActing } from '../context'
import { rotateSigningKey } from './rotate-signing-key'
import { currentOf, forgetSigningKeys, inOrder, kidOf } from './signing-key'

/** A key of the schedule is published so long before it signs: longer than the key set may be cached. */
const publishedFirstSeconds = 600
/** Until then each server has taken up a key that has begun to sign, also where their clocks differ. */
const takenUpSeconds = 300
const dayMs = 86_400_000

type Deps = { db: Db; now: Date; days: number | undefined }

/**
 * Replaces the signing key when it is older than `days`, and removes keys when the last token that they signed has ended. One server
 * does this for all.
 */
export async function keepSigningKeys({ db, now, days }: Deps): Promise<void> {
  const keys = await db.signingKey.findMany({ orderBy: [...inOrder] })
  const newest = keys.at(-1)
  const acting = systemActing('Signing keys', now)
  if (days !== undefined && newest && newest.createdAt.getTime() + days * dayMs <= now.getTime()) {
    await rotateSigningKey({ ...acting, db }, { publishedFirstSeconds, endsTokens: false })
  }
  for (const [index, key] of keys.slice(0, currentOf(keys, now)).entries()) {
    const replacedMs = (keys[index + 1]?.createdAt ?? now).getTime()
    if (key.retiredAt === null) {
      const takenUp = new Date(replacedMs + takenUpSeconds * 1000)
      if (takenUp > now) continue
      const retiredAt = await lastEnd(db, takenUp, now)
      await db.signingKey.updateMany({ where: { id: key.id }, data: { retiredAt } })
    } else if (key.retiredAt <= now) {
      await inTransaction({ db }, async (tx) => {
        await tx.signingKey.deleteMany({ where: { id: key.id } })
        const kid = kidOf(key) ?? key.id
        const target = { kind: 'signing-key', id: kid, name: kid }
        await record(tx, acting, { action: 'signing-key.removed', target, before: { signedFrom: key.createdAt } })
      })
    }
  }
  forgetSigningKeys(db)
}

/** When the last of the tokens ends that were issued before `before`; `now` where none is left. */
async function lastEnd(db: Db, before: Date, now: Date): Promise<Date> {
  let last = now
  for (const { id: organizationId } of await db.organization.findMany({ select: { id: true } })) {
    const found = await db.accessToken.findFirst({
      where: { organizationId, expiresAt: { gt: last }, createdAt: { lte: before } },
      orderBy: { expiresAt: 'desc' },
      select: { expiresAt: true },
    })
    if (found) last = found.expiresAt
  }
  return last
}
