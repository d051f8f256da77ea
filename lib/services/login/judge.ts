import type { Verdict } from '@/lib/trust/engine/verdict'
import { type VerifyInput, verify } from '@/lib/trust/engine/verify'
import type { Context } from '../context'
import { countVerification } from '../metrics/metrics'

/**
 * The engine's verdict, with the clock, the keys and the address of this request.
 * @param given what takes their place
 */
export async function judge(
  ctx: Context,
  trust: VerifyInput['trust'],
  token: string,
  given: Partial<Pick<VerifyInput, 'keys' | 'now' | 'ip'>> = {},
): Promise<Verdict> {
  const startedMs = performance.now()
  const verdict = await verify({
    token,
    trust,
    keys: (source, { again, knownOnly }) => ctx.keys.get(source, { again, knownOnly, since: startedMs }),
    now: ctx.now().getTime() / 1000,
    ip: ctx.ip,
    ...given,
  })
  countVerification((performance.now() - startedMs) / 1000)
  return verdict
}
