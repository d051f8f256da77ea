import type { Check } from '../engine/verdict'
import type { ClaimRule } from '../policy'
import type { Preset } from '../presets/preset'
import type { ClaimPolicy } from './judge-claims'
import { type TrustedJob, trustedJob } from './trusted-job'

/**
 * The jobs that a trust is meant for: one of its first values, and for further values of a rule one each, up to a number. The
 * refusals where there is none.
 * @param meant a trust that describes the first job more closely, as by the claims of its token
 */
export function trustedJobs(
  policy: ClaimPolicy,
  preset: Preset,
  now: number,
  meant = policy,
): TrustedJob[] | { refusals: Check[] } {
  const described = trustedJob(meant, preset, now)
  const main = 'refusals' in described && meant !== policy ? trustedJob(policy, preset, now) : described
  if ('refusals' in main) return main
  const further = policy.rules.flatMap((rule, at) => valuesOf(rule).map((value) => withValue(policy, at, value)))
  const jobs = further.slice(0, furtherMax).map((one) => trustedJob(one, preset, now))
  return [main, ...jobs.flatMap((job) => ('refusals' in job ? [] : [job]))]
}

const furtherMax = 6

/** The values of a rule of which a token has to fit one, where there are several. */
function valuesOf({ matcher }: ClaimRule): string[] {
  const values = matcher.kind === 'equals-any' || matcher.kind === 'glob-any' ? matcher.values : []
  return values.length > 1 && values.every((value) => !value.startsWith('!')) ? values.slice(0, furtherMax) : []
}

function withValue({ issuer, rules }: ClaimPolicy, at: number, value: string): ClaimPolicy {
  const one = rules.map((rule, index): ClaimRule => {
    const { matcher } = rule
    const isList = matcher.kind === 'equals-any' || matcher.kind === 'glob-any'
    return index === at && isList ? { ...rule, matcher: { ...matcher, values: [value] } } : rule
  })
  return { issuer, rules: one }
}
