import { canaryUsed } from '@/lib/model/alarm'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { Trust } from '@/lib/trust/trust'

/** A random value that no token can contain: every process generates its own and never reveals it. */
const noSubject = crypto.randomUUID()

const closed = new WeakMap<Trust, Trust>()

/**
 * The trust of a canary with an additional rule that no token can satisfy. All other rules are checked as well, so the answer is
 * that of an identity with this trust to a token of another job: same checks, same messages, same work.
 */
export function closedTrust(trust: Trust): Trust {
  const known = closed.get(trust) ?? { ...trust, rules: [...trust.rules, closingRule] }
  closed.set(trust, known)
  return known
}

const closingRule: Trust['rules'][number] = {
  ...{ path: 'sub', whenAbsent: 'refuse' },
  matcher: { kind: 'equals-any', values: [noSubject] },
}

/** The recorded verdict on a login as a canary; the caller gets the original verdict. */
export function canaryVerdict(verdict: Verdict, { name, place }: { name: string; place: string }): Verdict {
  const checks = verdict.checks.filter(({ expected }) => !expected?.includes(noSubject))
  const isPassed = verdict.checks.length > 0 && !checks.some(({ status }) => status === 'fail')
  const end = isPassed ? ' Its trust would have accepted the token.' : ''
  const decisive = canaryCheck(`The identity “${name}” is a canary${plantedIn(place)}.${end}`)
  return { ...verdict, accepted: false, decisive, checks: [decisive, ...checks] }
}

export const plantedIn = (place: string) => (place === '' ? '' : `, planted in “${place}”`)

/** The decisive check in the record of a canary's use. It is not revealed to the caller. */
export const canaryCheck = (message: string): Check => ({
  ...{ id: 'method', status: 'fail', title: 'Canary', message, reason: canaryUsed, trusted: false },
})
