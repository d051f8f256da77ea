import { acceptsToken } from '../analysis/judge-claims'
import type { JsonObject } from '../json/json'
import type { ClaimRule, KeySource, TrustPolicy } from '../policy'
import type { Fix } from './finding'
import type { PostureSubject } from './subject'

type Edit = <Draft extends TrustPolicy>(draft: Draft) => Draft

/**
 * Returns a fix, or undefined where it would refuse the sample token that the trust accepts now. Without a sample the fix is
 * offered: what it does is in its label.
 */
export function fixOf({ policy, sample }: PostureSubject, label: string, apply: Edit): Fix | undefined {
  if (sample && acceptsNow(policy, sample) && !acceptsToken(apply(policy), sample)) return undefined
  return { label, apply }
}

/** Whether a policy accepts a sample; asked once for each fix, so kept. */
export function acceptsNow(policy: TrustPolicy, sample: JsonObject): boolean {
  const known = accepted.get(policy)
  if (known?.sample === sample) return known.isAccepted
  const isAccepted = acceptsToken(policy, sample)
  accepted.set(policy, { sample, isAccepted })
  return isAccepted
}

const accepted = new WeakMap<TrustPolicy, { sample: JsonObject; isAccepted: boolean }>()

export const withRules =
  (...rules: ClaimRule[]): Edit =>
  (draft) => ({ ...draft, rules: [...draft.rules, ...rules] })

export const withoutRule =
  (at: number): Edit =>
  (draft) => ({ ...draft, rules: draft.rules.filter((_, index) => index !== at) })

/** Replaces one rule. */
export const withRule =
  (at: number, rule: ClaimRule): Edit =>
  (draft) => ({ ...draft, rules: draft.rules.with(at, rule) })

/** Replaces the values of a rule. */
export const withValues =
  (at: number, edit: (values: readonly string[]) => string[]): Edit =>
  (draft) => ({
    ...draft,
    rules: draft.rules.map((rule, index) =>
      index === at && 'values' in rule.matcher
        ? { ...rule, matcher: { ...rule.matcher, values: edit(rule.matcher.values) } }
        : rule,
    ),
  })

/** Replaces a value of a rule, or removes it (null). */
export const withValue = (at: number, value: number, text: string | null): Edit =>
  withValues(at, (values) => values.flatMap((old, index) => (index !== value ? [old] : text === null ? [] : [text])))

export const withSource =
  (at: number, source: KeySource): Edit =>
  (draft) => ({ ...draft, keys: draft.keys.with(at, source) })

export const withoutSource =
  (at: number): Edit =>
  (draft) => ({ ...draft, keys: draft.keys.filter((_, index) => index !== at) })

export const withLifetime =
  (lifetime: Partial<TrustPolicy['lifetime']>): Edit =>
  (draft) => ({ ...draft, lifetime: { ...draft.lifetime, ...lifetime } })

export const withGrant =
  (grant: Partial<TrustPolicy['grant']>): Edit =>
  (draft) => ({ ...draft, grant: { ...draft.grant, ...grant } })
