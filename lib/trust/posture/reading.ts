import { issuerRuleOf, withIssuerOfRules } from '../analysis/issuer-of-rules'
import { plainAddress } from '../claims'
import { claimMatches } from '../matchers'
import { isNegated, isPattern, isReadablePattern, opensEverything } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Claim, Preset } from '../presets/preset'
import type { Path } from './finding'
import { presetOfKeys } from './preset-of-keys'
import { isSameAddress } from './same-address'
import type { PostureSubject } from './subject'

/** A subject with its rules read once for all posture rules. */
export type Reading = PostureSubject & {
  bound: readonly BoundClaim[]
  /** What binds the issuer: the field, or the rule on `iss` that the policy’s issuer is taken from. */
  issuerPath: Path
}

/** A rule of the trust, and the claim of the preset that it is about. */
export type BoundClaim = {
  rule: ClaimRule
  /** Place in the trust's rules, where its address may be written differently: `/sub`. */
  at: number
  path: Path
  /** Null where the preset has no such claim, or there is no preset. */
  claim: Claim | null
  /** Whether a token without the claim is refused. */
  isRequired: boolean
  /** What a token may say. Empty for matchers that do not list texts, and for a list of denials alone. */
  allowed: readonly BoundValue[]
  /** Patterns that a token must not fit. */
  denied: readonly BoundValue[]
}

export type BoundValue = { text: string; path: Path; kind: 'exact' | 'pattern' | 'unreadable' }

export function readingOf(subject: PostureSubject): Reading {
  const policy = withIssuerOfRules(subject.policy)
  const preset = subject.preset ?? (policy.issuer === null ? presetOfKeys(policy.keys) : null)
  // A claim that only has to be there is as open as one without a rule.
  const bound = policy.rules.flatMap((rule, at) =>
    rule.matcher.kind === 'exists' ? [] : [boundClaim({ ...rule, path: plainAddress(rule.path) }, at, preset)],
  )
  const issuerRule = subject.policy.issuer === null ? issuerRuleOf(subject.policy.rules) : null
  const issuerPath: Path = issuerRule === null ? ['issuer'] : ['rules', issuerRule]
  return { ...subject, policy, preset, bound, issuerPath }
}

/** The rules on a claim. */
export const boundTo = ({ bound }: Reading, path: string): BoundClaim[] =>
  bound.filter(({ rule }) => isSameAddress(rule.path, path))

/** Whether the rules on a claim accept a value; a claim without rules accepts any. */
export const admits = (reading: Reading, path: string, value: string): boolean =>
  boundTo(reading, path).every(({ rule }) => claimMatches(rule.matcher, value))

/** Whether a rule leaves only listed values, letter for letter. */
export const isExact = ({ allowed, isRequired }: BoundClaim): boolean =>
  isRequired && allowed.length > 0 && allowed.every(({ kind }) => kind === 'exact')

/** Whether a rule refuses something that the claim can say. */
export function isRestricting({ rule: { matcher }, isRequired, allowed }: BoundClaim): boolean {
  if (!isRequired || matcher.kind !== 'glob-any') return isRequired
  // Compiling a thousand patterns takes seconds; what is beyond is not known to restrict.
  const doubtful = allowed.filter(({ text }) => !hasFixedCharacter(text))
  return allowed.length > 0 && doubtful.length <= compiledMax && !doubtful.some(({ text }) => opensEverything(text))
}

const compiledMax = 100

/** Whether a character outside of groups and classes has to be there in every text, so that a pattern opens nothing. Without compiling it. */
function hasFixedCharacter(pattern: string): boolean {
  let [depth, isFixed] = [0, false]
  for (const sign of pattern) {
    // Where they are not in pairs, or escaped, compiling tells.
    if (/[[\]\\()]/.test(sign)) return false
    if (sign === '{') depth++
    else if (sign === '}') depth--
    else if (depth === 0 && sign !== '*' && sign !== '?') isFixed = true
    if (depth < 0) return false
  }
  return isFixed && depth === 0
}

function boundClaim(rule: ClaimRule, at: number, preset: Preset | null): BoundClaim {
  const path: Path = ['rules', at]
  const { matcher } = rule
  const texts = 'values' in matcher ? matcher.values : []
  const isGlob = matcher.kind === 'glob-any'
  const values = texts.map((text, index) => ({
    text,
    path: [...path, 'matcher', 'values', index],
    kind: isGlob ? kindOf(text) : ('exact' as const),
    isDenial: isGlob && isNegated(text),
  }))
  return {
    rule,
    at,
    path,
    claim: preset && claimOf(preset, rule.path),
    isRequired: rule.whenAbsent === 'refuse',
    allowed: values.filter(({ isDenial }) => !isDenial),
    denied: values.filter(({ isDenial }) => isDenial),
  }
}

function kindOf(text: string): BoundValue['kind'] {
  if (!isPattern(text)) return 'exact'
  // Compiling a thousand patterns takes seconds; without a group each can be read.
  return !text.includes('(') || isReadablePattern(text) ? 'pattern' : 'unreadable'
}
