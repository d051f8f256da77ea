import { findClaim, stringsOf } from '../claims'
import type { JsonObject } from '../json/json'
import { claimMatches } from '../matchers'
import { newWork, type Work } from '../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Claim, Preset } from '../presets/preset'
import { presetForIssuer } from '../presets/preset-for'
import { recognise } from '../presets/recognise'
import { factNamesOf, print } from '../presets/template'
import { differingFacts, factWords, type Recognised, shown } from './fact-words'
import { subjectCauses } from './subject-causes'

/** Why a part of a trust refuses a token: sentences, the likeliest first. */
export type LikelyCauses = {
  /** As a check names it: `issuer`, `rules.2`. */
  field: string
  causes: string[]
}

/**
 * Says why an issuer and rules refuse the claims of a token, by what is known of its platform: which other workload, form of the
 * subject or setting of the job it is. Nothing is said of an issuer that is not known.
 */
export function likelyCauses({ issuer, rules }: Pick<TrustPolicy, 'issuer' | 'rules'>, claims: JsonObject) {
  const { preset, ...known } = recognise(claims)
  if (!preset) return []
  const token = { ...known, preset }
  const work = newWork()
  const all: LikelyCauses[] = [
    { field: 'issuer', causes: issuerCauses(issuer, claims, token) },
    ...rules.map((rule, at) => ({ field: `rules.${at}`, causes: ruleCauses(rule, claims, token, work) })),
  ]
  return all.filter(({ causes }) => causes.length > 0)
}

function issuerCauses(issuer: string | null, { iss }: JsonObject, { preset, variant, facts }: Recognised): string[] {
  if (issuer === null || iss === issuer) return []
  const believed = presetForIssuer(issuer)
  if (!believed) return [`The token is from ${preset.title}.`]
  if (believed.preset.id !== preset.id)
    return [`The token is from ${preset.title}, but this trust accepts ${believed.preset.title}.`]
  if (variant && believed.variant.id !== variant.id)
    return [
      `The token comes from “${variant.title}” of ${preset.title}, but this trust accepts “${believed.variant.title}”.`,
    ]
  return differingFacts(preset, factNamesOf(believed.variant.template), facts, believed.facts)
    .slice(0, causesMax)
    .map((name) => factWords(preset, name, facts, believed.facts[name]))
}

/** Causes that are told of one rule. */
const causesMax = 3

function ruleCauses(rule: ClaimRule, claims: JsonObject, token: Recognised, work: Work): string[] {
  const { preset } = token
  const claim = findClaim(claims, rule.path)
  if (claim === undefined) return rule.whenAbsent === 'allow' ? [] : absenceCauses(rule.path, preset)
  // What costs too much to compare is not explained either.
  if (claimMatches(rule.matcher, claim, work) || work.isSpent) return []
  const texts = stringsOf(claim)
  const [text] = texts
  if (rule.path === 'sub') return text === undefined ? [] : subjectCauses(rule.matcher, token, work).slice(0, causesMax)
  if (rule.path === preset.audience.claim) return audienceCauses(texts, token)
  const known = claimOf(preset, rule.path)
  return known ? claimCauses(known) : []
}

function absenceCauses(path: string, preset: Preset): string[] {
  const known = claimOf(preset, path)
  if (!known) return isStandard(path) ? [] : [`${preset.title} is not known to send ${shown(path)}.`]
  const needs = factNamesOf(known.from ?? '').some((name) => preset.facts[name]?.usuallyAbsent)
  return known.isOptional || needs ? [`${preset.title} sends it only in some tokens. ${known.meaning}`] : []
}

const isStandard = (path: string) => ['aud', 'sub', 'exp', 'nbf', 'iat', 'jti'].includes(path)

function audienceCauses(audiences: readonly string[], { preset, facts }: Recognised): string[] {
  const { usual, isChosen } = preset.audience
  const written = usual === undefined ? null : print(usual, facts)
  if (written === null || !audiences.includes(written)) return []
  return isChosen
    ? [`The job requested no audience, so ${preset.title} used its default, ${shown(written)}.`]
    : [`${preset.title} sets this audience itself; a job cannot choose another.`]
}

function claimCauses({ class: claimClass, role }: Claim): string[] {
  if (claimClass === 'ephemeral') return ['It changes with every run, so a rule on it refuses the next run.']
  if (role === 'context') return []
  return [`The token may be of another ${role === 'tenant' ? 'customer of the platform' : 'workload'}.`]
}
