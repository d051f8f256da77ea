import { LRUCache } from 'lru-cache'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import { type NamedId, type NamePair, namedIds, namePairsOf } from '@/lib/trust/presets/name-pairs'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import type { Freeze } from './freeze'

/** A name that came with another id than before. */
export type OtherId = NamedId & { before: string; nameHash: string }

/** Ids of names that a process remembers: the id of a name is written once, until a freeze of its trust is lifted. */
const known = new LRUCache<string, string>({ max: 20_000 })
/** Of longer names the id is read at every login. */
const rememberedCharactersMax = 400

const pairsOf = new WeakMap<Trust, NamePair[]>()

/**
 * Compares the ids of the names in an accepted token with those in the first token that this trust accepted, and stores new names
 * before the login is stored. Ids that the process remembers need no statement.
 */
export async function otherIdOf(
  ctx: Context,
  { trust, freeze }: { trust: Trust; freeze: Freeze | null },
  claims: NonNullable<Parameters<typeof namedIds>[1]>,
): Promise<OtherId | null> {
  for (const named of namedIds(pairsFor(trust), claims)) {
    const key = `${trust.id} ${freeze?.liftedAt?.getTime() ?? ''} ${named.key}`
    if (known.get(key) === named.id) continue
    const nameHash = await sha256Hex(named.key)
    const before = await firstId(ctx, trust.id, { nameHash, value: named.id })
    if (before !== named.id) return { ...named, before, nameHash }
    if (key.length <= rememberedCharactersMax) known.set(key, before)
  }
  return null
}

function pairsFor(trust: Trust): NamePair[] {
  const found = pairsOf.get(trust)
  if (found) return found
  const preset = presetOfTrust(trust)
  const pairs = preset ? namePairsOf(preset, trust.rules) : []
  pairsOf.set(trust, pairs)
  return pairs
}

/** Returns the first id of a name, which is this one if there was none. Of two concurrent logins, one is the first. */
async function firstId(
  ctx: Context,
  trustId: string,
  { nameHash, value }: { nameHash: string; value: string },
): Promise<string> {
  const where = { trustId_nameHash: { trustId, nameHash } }
  const stored = await ctx.db.trustName.findUnique({ where })
  if (stored) return stored.value
  try {
    const data = { trustId, nameHash, value, firstAt: ctx.now() }
    return (await inTransaction(ctx, (tx) => tx.trustName.create({ data }))).value
  } catch (error) {
    if (isTaken(error)) return (await ctx.db.trustName.findUnique({ where }))?.value ?? value
    // Removed meanwhile: nothing is kept of the login, and its token is judged again.
    if ((await ctx.db.trust.count({ where: { id: trustId } })) === 0) return value
    throw error
  }
}
