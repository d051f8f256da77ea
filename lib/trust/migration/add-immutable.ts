import { compare } from '../analysis/compare'
import { isNegated, literalPattern } from '../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../policy'
import type { JudgedPolicy } from '../posture/subject'
import { alternativesOf } from './alternatives'

/** An id that came with a name in a verified token: of an owner (`acme`) or of a repository (`acme/app`). */
export type NamedId = { name: string; id: string }

/** The trust that accepts the form with ids as well; or why it cannot be made. */
export type Added = { ok: true; policy: JudgedPolicy; values: string[] } | { ok: false; why: string }

/**
 * Adds to the rule on the subject, for each value with an owner and a repository by name, the same with the ids that came with these
 * names. Nothing else is accepted in addition, which is proved before it is answered.
 */
export function addImmutable(policy: JudgedPolicy, ids: readonly NamedId[]): Added {
  const at = policy.rules.findIndex(({ path }) => path === 'sub')
  const rule = policy.rules[at]
  if (!rule || !('values' in rule.matcher)) return { ok: false, why: 'No rule on the subject lists values.' }
  if (policy.rules.filter(({ path }) => path === 'sub').length > 1) {
    return { ok: false, why: 'Several rules are on the subject. Change them by hand.' }
  }
  const matcher = { ...rule.matcher, values: alternativesOf(rule.matcher) }
  const named = matcher.values.flatMap((value) => namedIn(value) ?? [])
  if (named.length === 0) return { ok: false, why: 'No value names an owner and a repository in full.' }
  const added: { value: string; prefix: string }[] = []
  for (const one of named) {
    const [ownerId, repositoryId] = [idOf(ids, one.owner), idOf(ids, `${one.owner}/${one.repository}`)]
    if (ownerId === null || repositoryId === null) {
      return { ok: false, why: `No verified token of ${one.owner}/${one.repository} has named its ids yet.` }
    }
    if (ownerId === 'several' || repositoryId === 'several') {
      return { ok: false, why: `Several ids came with the name ${one.owner}/${one.repository}: it changed hands.` }
    }
    const prefix = `repo:${one.owner}@${ownerId}/${one.repository}@${repositoryId}`
    added.push({ value: prefix + one.rest, prefix })
  }
  const values = added.map(({ value }) => value).filter((value) => !matcher.values.includes(value))
  if (values.length === 0) return { ok: false, why: 'The form with ids is accepted already.' }
  const after = withSubject(policy, at, { ...matcher, values: [...matcher.values, ...values] })
  const isProved = acceptsOnlyBeyond(
    policy,
    after,
    at,
    added.map(({ prefix }) => prefix),
  )
  return isProved
    ? { ok: true, policy: after, values }
    : { ok: false, why: 'It would accept more than the form with ids.' }
}

type Named = { owner: string; repository: string; rest: string }

/** A value whose owner and repository are written out. What follows may be a pattern. */
function namedIn(value: string): Named | null {
  const [, owner, repository, rest = ''] = /^repo:([A-Za-z0-9_-]+)\/([A-Za-z0-9._-]+)(:.*)?$/s.exec(value) ?? []
  return owner === undefined || repository === undefined || isNegated(value) ? null : { owner, repository, rest }
}

function idOf(ids: readonly NamedId[], name: string): string | 'several' | null {
  const found = new Set(ids.flatMap((one) => (one.name === name && /^[0-9]+$/.test(one.id) ? [one.id] : [])))
  const [only] = found
  return found.size > 1 ? 'several' : (only ?? null)
}

const withSubject = (policy: JudgedPolicy, at: number, matcher: ClaimRule['matcher']): JudgedPolicy => ({
  ...policy,
  rules: policy.rules.map((rule, index) => (index === at ? { ...rule, matcher } : rule)),
})

/** Whether all that is newly accepted is a subject that begins with one of the prefixes. */
function acceptsOnlyBeyond(
  before: JudgedPolicy,
  after: JudgedPolicy,
  at: number,
  prefixes: readonly string[],
): boolean {
  const matcher = before.rules[at]?.matcher
  if (!matcher || !('values' in matcher)) return false
  const own = matcher.kind === 'glob-any' ? matcher.values : matcher.values.map(literalPattern)
  const bound: TrustPolicy = withSubject(before, at, {
    kind: 'glob-any',
    values: [...own, ...prefixes.flatMap((prefix) => [prefix, `${prefix}:**`])],
  })
  return compare(bound, after).dimensions.every(({ relation }) => relation === 'equal' || relation === 'narrower')
}
