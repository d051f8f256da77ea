import { askSources } from '@/lib/trust/engine/checks/key-candidates'
import { type EffectiveKeys, effectiveKeysOf } from '@/lib/trust/engine/effective-keys'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'

const anyKey = { kid: null, alg: '' }

/** The keys that may verify tokens of a trust now, from all of its sources, and the sources that do not answer. */
export async function effectiveKeys(ctx: Context, trust: Trust): Promise<EffectiveKeys> {
  const asked = await askSources(trust.keys, (source, { knownOnly }) => ctx.keys.get(source, { knownOnly }), anyKey)
  return effectiveKeysOf(trust, asked, ctx.now().getTime() / 1000)
}
