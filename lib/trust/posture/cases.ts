import type { JsonObject } from '../json/json'
import { type Kind, kinds, withKind } from '../kinds'
import { type ClaimRule, TrustPolicy } from '../policy'
import { presetOf } from '../presets'
import { sampleClaims, sampleJob } from '../presets/sample-claims'
import type { Path, RuleId, Severity } from './finding'
import type { JudgedPolicy, PostureSubject } from './subject'

/** The test cases of one rule: trusts that raise it, and similar ones that do not. Used only by tests and by docs/posture.md. */
export type RuleCases = {
  rule: RuleId
  raises: RaisingCase[]
  /** Two at least: they look like a raising case. */
  silent: SilentCase[]
  /** Why no finding of the rule has a fix. */
  withoutFix?: string
}

export type RaisingCase = {
  title: string
  subject: PostureSubject
  /** Where the finding leads. */
  path?: Path
  severity?: Severity
  /** Part of the message or the witness. */
  says?: string
  /** This trust has no fix, although others of the rule have one. */
  hasNoFix?: true
}

export type SilentCase = {
  title: string
  subject: PostureSubject
  /** The rule answers that data is missing. */
  isUnknown?: true
}

export const defineCases = (cases: RuleCases): RuleCases => cases

/** A rule whose values are patterns; `only` compares exactly. */
export const rule = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})
export const only = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'equals-any', values },
  whenAbsent: 'refuse',
})

export const ownAudience = 'https://id.acme.dev'

/** Parts of a trust without findings. */
export const sound = {
  keys: [{ kind: 'oidc-discovery', url: 'https://login.acme.dev', caCert: '' }],
  issuer: 'https://login.acme.dev',
  algorithms: ['RS256'],
  rules: [rule('aud', ownAudience), rule('sub', 'deployer')],
  lifetime: { tokenAgeSecondsMax: 3600 },
  grant: { ttlSeconds: 900, ttlSecondsMax: 3600 },
}

/** A trust in the form that posture rules judge, without findings except through the given parts. */
export function trustOf(changes: Record<string, unknown> = {}, kind: Kind = 'jwt'): JudgedPolicy {
  const { enabled = true, options, ...policy } = changes
  return {
    ...TrustPolicy.parse({ ...sound, ...policy }),
    ...withKind(kind, kinds.of(kind).options.parse(options)),
    name: 'deploy',
    enabled: enabled === true,
  }
}

/** A trust with parts that the schema refuses, as an older version or an import may bring them. The one cast of the cases. */
export const unparsed = (changes: Record<string, unknown>): JudgedPolicy =>
  ({ ...trustOf(), ...changes }) as JudgedPolicy

/** A subject without a preset. */
export const plain = (changes: Record<string, unknown> = {}, more: Partial<PostureSubject> = {}): PostureSubject => ({
  policy: trustOf(changes),
  preset: null,
  ...more,
})

const now = 1_800_000_000

/** A subject of a preset: its usual issuer and keys, an audience of our own, and the given rules. */
export function of(
  presetId: string,
  rules: ClaimRule[],
  changes: Record<string, unknown> = {},
  more: Partial<PostureSubject> = {},
): PostureSubject {
  const preset = presetOf(presetId)
  if (!preset) throw new TypeError(`there is no preset ${presetId}`)
  const { issuer } = sampleJob(preset)
  const policy = trustOf({
    ...{ issuer, keys: [{ kind: 'oidc-discovery', url: /^https?:/.test(issuer) ? issuer : sound.issuer }] },
    ...{ algorithms: preset.algorithms, rules: [rule(preset.audience.claim, ownAudience), ...rules], ...changes },
  })
  return { policy, preset, ...more }
}

/** The claims of a sample's token, made for us. */
export function sampleOf(presetId: string, sampleId?: string): JsonObject {
  const preset = presetOf(presetId)
  if (!preset) throw new TypeError(`there is no preset ${presetId}`)
  return sampleClaims(preset, { now, audience: ownAudience }, sampleId)
}
