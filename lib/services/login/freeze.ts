import { nameTaken, trustFrozen } from '@/lib/model/alarm'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import { maskClaim } from '@/lib/trust/mask-claims'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { freezeTrust } from '../trust/freeze-trust'
import { type OtherId, otherIdOf } from './known-names'

/** The last freeze of a trust; lifted, or in force. */
export type Freeze = { at: Date; liftedAt: Date | null }

export const isFrozen = (freeze: Freeze | null): boolean => freeze !== null && freeze.liftedAt === null

export const findFreeze = (ctx: Context, trustId: string): Promise<Freeze | null> =>
  ctx.db.trustFreeze.findUnique({ where: { trustId }, select: { at: true, liftedAt: true } })

/** The verdict that the caller is told, and the recorded one if it differs. */
export type Judged = { verdict: Verdict; recorded?: Verdict }

/**
 * Refuses what a frozen trust would accept, and freezes a trust when a name comes with another id than before: that token is refused as well.
 */
export async function withFreeze(
  ctx: Context,
  { trust, freeze }: { trust: Trust; freeze: Freeze | null },
  verdict: Verdict,
): Promise<Judged> {
  if (!verdict.accepted || !verdict.claims) return { verdict }
  if (isFrozen(freeze)) return { verdict: refusedBy(verdict, frozenCheck) }
  const other = await otherIdOf(ctx, { trust, freeze }, verdict.claims)
  if (!other) return { verdict }
  const told = toldOf(other)
  await freezeTrust(ctx, trust, told)
  const { claim, name, idClaim, before, after } = told
  const found = `“${name}” (${claim}) came with the ${idClaim} ${after}, and had ${before} before. The trust is frozen.`
  return {
    verdict: refusedBy(verdict, takenCheck),
    recorded: refusedBy(verdict, { ...takenCheck, message: found, expected: before, received: after }),
  }
}

/** What is kept of a name and its ids: masked like the claims of decisions. */
function toldOf({ path, idPath, name, id, before, nameHash }: OtherId) {
  const masked = (claim: string, value: string) => String(maskClaim(claim, value)).slice(0, textMax)
  return {
    ...{ nameHash, claim: path, idClaim: idPath, name: masked(path, name) },
    ...{ before: masked(idPath, before), after: masked(idPath, id) },
  }
}
export type ToldId = ReturnType<typeof toldOf>

const textMax = 120

export const refusedBy = (verdict: Verdict, decisive: Check): Verdict => ({
  ...verdict,
  ...{ accepted: false, decisive, checks: [decisive, ...verdict.checks], grant: null },
})

const refusal = { id: 'method', status: 'fail', trusted: true } as const

export const frozenCheck: Check = {
  ...{ ...refusal, title: 'Frozen', reason: trustFrozen },
  message: 'This login is frozen, because a name came with another id. It is open again when it has been looked at.',
}

const takenCheck: Check = {
  ...{ ...refusal, title: 'Same name, other id', reason: nameTaken },
  message: 'A name in the token belongs to another id than before. This login is frozen until it has been looked at.',
}
