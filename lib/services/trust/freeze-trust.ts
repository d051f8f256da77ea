import { inTransaction, isTaken } from '@/lib/db/transaction'
import type { Trust } from '@/lib/trust/trust'
import { record } from '../audit/record'
import { type Context, systemActing } from '../context'
import type { ToldId } from '../login/freeze'

/** Freezes a trust, unless it is frozen already: no login by it is accepted from then on, in any process. */
export async function freezeTrust(ctx: Context, { id, name, organizationId }: Trust, told: ToldId): Promise<void> {
  const frozen = { ...told, organizationId, at: ctx.now(), liftedAt: null }
  const { nameHash: _, ...shown } = told
  const acting = { ...systemActing('identifiers of names', ctx.now()), requestId: ctx.requestId }
  try {
    await inTransaction(ctx, async (tx) => {
      const last = await tx.trustFreeze.findUnique({ where: { trustId: id } })
      if (last && last.liftedAt === null) return
      if (last) await tx.trustFreeze.update({ where: { trustId: id }, data: frozen })
      else await tx.trustFreeze.create({ data: { trustId: id, ...frozen } })
      const target = { kind: 'trust', id, name }
      await record(tx, acting, { action: 'trust.frozen', organizationId, target, after: shown })
    })
  } catch (error) {
    // Another login froze it at the same time.
    if (!isTaken(error)) throw error
  }
}
