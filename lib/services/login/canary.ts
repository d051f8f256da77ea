import { canaryUsed } from '@/lib/model/alarm'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { Trust } from '@/lib/trust/trust'

/** No token names it: it is made anew by every process, and never told. */
const noSubject = crypto.randomUUID()

const closed = new WeakMap<Trust, Trust>()

/**
 * The trust of a canary, with one rule more, which no token passes. All its other rules are compared as well, so that the answer is what an identity with
 * this trust gives to a token of another job: the same checks, the same words, the same work.
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

/** What is recorded of a login as a canary; its caller is answered by the verdict as it was. */
export function canaryVerdict(verdict: Verdict, { name, place }: { name: string; place: string }): Verdict {
  const checks = verdict.checks.filter(({ expected }) => !expected?.includes(noSubject))
  const isPassed = verdict.checks.length > 0 && !checks.some(({ status }) => status === 'fail')
  const end = isPassed ? ' Its trust would have accepted the token.' : ''
  const decisive = canaryCheck(`The identity “${name}” is a canary${plantedIn(place)}.${end}`)
  return { ...verdict, accepted: false, decisive, checks: [decisive, ...checks] }
}

export const plantedIn = (place: string) => (place === '' ? '' : `, planted in “${place}”`)

/** The check that decides what is recorded of a canary's use. Its caller is told nothing of it. */
export const canaryCheck = (message: string): Check => ({
  ...{ id: 'method', status: 'fail', title: 'Canary', message, reason: canaryUsed, trusted: false },
})
