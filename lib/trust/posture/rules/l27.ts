import { withIssuerOfRules } from '../../analysis/issuer-of-rules'
import { overlap } from '../../analysis/overlap'
import { durationText } from '../../engine/checks/time-checks'
import { grantedSeconds } from '../../grant'
import { newWork } from '../../matchers/glob'
import { definePostureRule } from '../rule'
import type { OtherTrust } from '../subject'

/** How many other trusts are compared; of more, the rest is left out and said. */
const othersMax = 200
const stepsMax = 100_000

export const l27 = definePostureRule({
  id: 'L27',
  severity: 'medium',
  title: 'Two trusts accept the same token',
  why: 'A token that fits two trusts can be exchanged at either, so the one that grants more, or asks for less, decides. A change to one of them does not close what the other still accepts.',
  opens: 'The stronger identity, to jobs that were meant for the weaker one.',
  remedy: 'Separate them: by audience, environment or workload.',
  sources: ['Snowflake behaviour change BCR-2461', 'vault#23279'],
  needs: ['others'],
  find({ policy, others }) {
    if (!policy.enabled) return []
    const work = newWork(stepsMax)
    return others
      .filter((other) => isComparable(policy, other))
      .slice(0, othersMax)
      .flatMap((other) => {
        const found = overlap(policy, other.policy, work)
        // Tokens that list several audiences are what L09 is about.
        if (found === 'unknown' || !found.overlaps || Array.isArray(found.claims.aud)) return []
        const claims = Object.entries(found.claims).slice(0, 10)
        const witness = claims.map(([name, value]) => `${name} = ${String(value).slice(0, 200)}`).join(', ')
        const theirs = durationText(grantedSeconds(other.policy.grant))
        const message = `The trust "${other.policy.name}" accepts the same tokens, and grants ${theirs}.`
        return [{ path: ['rules'], message, witness }]
      })
  },
})

/** Trusts that are found by their issuer never stand beside each other; those of one identity are alternatives on purpose. */
function isComparable(policy: OtherTrust['policy'], other: OtherTrust): boolean {
  return other.policy.enabled && withIssuerOfRules(other.policy).issuer === policy.issuer
}
