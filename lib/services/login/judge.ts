import type { TrustPolicy } from '@/lib/trust/trust'
import type { Verdict } from '@/lib/trust/verdict'
import { verify } from '@/lib/trust/verify'
import type { Context } from '../context'

/** The engine's verdict, with the clock, the keys and the address of this request. */
export function judge(ctx: Context, trust: TrustPolicy, token: string): Promise<Verdict> {
  return verify({
    token,
    trust,
    keys: (source, wanted) => ctx.keys.get(source, wanted),
    now: ctx.now().getTime() / 1000,
    ip: ctx.ip,
  })
}
