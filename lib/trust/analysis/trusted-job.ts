import { findClaim, segmentsOf } from '../claims'
import type { Check } from '../engine/verdict'
import type { JsonObject } from '../json/json'
import { claimMatches } from '../matchers'
import { isPattern } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { claimOf, stepsOf } from '../presets/claim-of'
import { jobFacts, withSources } from '../presets/job-facts'
import type { Claim, Preset, Sample, SubjectFormat } from '../presets/preset'
import { readIssuer } from '../presets/preset-for'
import { claimsOf, type Job, type Making, putClaim, sampleClaims, sampleJob } from '../presets/sample-claims'
import { readSubject, subjectOf } from '../presets/subject'
import { type FactValues, factNamesOf, print } from '../presets/template'
import { isConfigurable } from './grammar'
import { withIssuerOfRules } from './issuer-of-rules'
import { acceptsToken, type ClaimPolicy, countRefusals, refusalsOf } from './judge-claims'
import { exactText, textsFor } from './texts-for'

/**
 * A job whose token a trust accepts. `extra` are claims of that token beside those that the preset makes; `stated` names the facts
 * that issuer and rules say, and those that follow from them. The others are of a sample.
 */
export type TrustedJob = { job: Job; making: Making; extra: [steps: string[], value: string][]; stated: Set<string> }

/** Where no such job was found: what refused the nearest one. */
export type NoTrustedJob = { refusals: Check[] }

/** The claims of a job’s token, with those that the preset does not know. */
export function claimsOfTrusted(preset: Preset, { job, making, extra }: TrustedJob): JsonObject {
  return withExtra(claimsOf(preset, job, making), extra)
}

export function withExtra(claims: JsonObject, extra: TrustedJob['extra']): JsonObject {
  for (const [steps, value] of extra) putClaim(claims, steps, value)
  return claims
}

/**
 * Finds a job that a trust is meant for: of the facts that its issuer and rules say, and else of the samples of its preset. The
 * engine accepts its claims.
 */
export function trustedJob(asked: ClaimPolicy, preset: Preset, now: number): TrustedJob | NoTrustedJob {
  const policy = withIssuerOfRules(asked)
  let nearest: Check[] | null = null
  for (const sample of nearestSamples(policy, preset, now)) {
    const found = jobFor(policy, preset, sample, now)
    const claims = claimsOfTrusted(preset, found)
    if (acceptsToken(policy, claims)) return found
    const refusals = refusalsOf(policy, claims)
    if (!nearest || refusals.length < nearest.length) nearest = refusals
  }
  return { refusals: nearest ?? [] }
}

/** Samples in the order in which they come close to the circumstances that the rules ask for. */
function nearestSamples(policy: ClaimPolicy, preset: Preset, now: number): Sample[] {
  const said = policy.rules.flatMap((rule) => Object.entries(exactFacts(preset, rule)))
  const distance = (sample: Sample) => {
    const facts = jobFacts(preset, sample.facts)
    const absent = said.filter(([name]) => facts[name] === undefined).length
    const others = said.filter(([name, value]) => preset.facts[name]?.class === 'gate' && facts[name] !== value).length
    return 2 * absent + others + countRefusals(policy, sampleClaims(preset, { now }, sample.id))
  }
  const scored = preset.samples.slice(0, samplesMax).map((sample) => ({ sample, distance: distance(sample) }))
  return scored.sort((a, b) => a.distance - b.distance).map(({ sample }) => sample)
}

/** Facts that a rule's first exact value says, and what they follow from. */
function exactFacts(preset: Preset, rule: ClaimRule): FactValues {
  const template = claimOf(preset, rule.path)?.from
  const written = template === undefined ? [] : [{ template, escape: 'none' as const }]
  return withSources(preset, exactText(preset, rule, written, {})?.facts ?? {})
}

const samplesMax = 12

/** An audience for a trust that binds none. */
const anyAudience = 'https://keybound.example.com'

function jobFor(policy: ClaimPolicy, preset: Preset, sample: Sample, now: number): TrustedJob {
  const start = sampleJob(preset, sample.id)
  const issuer = policy.issuer ?? start.issuer
  const known: Record<string, string> = { ...readIssuer(preset, issuer)?.facts }
  const extra: TrustedJob['extra'] = []
  const isAudienceFree = preset.audience.isChosen || isConfigurable(preset)
  const making: Making = preset.audience.isChosen ? { now, audience: anyAudience } : { now }
  let format = start.subject?.format
  const rules = inOrder(policy.rules)
  // Twice: what a later rule asks for may change what an earlier one was satisfied with.
  for (const rule of [...rules, ...rules]) {
    const facts = jobFacts(preset, { ...sample.facts, ...withSources(preset, known) })
    const claim = claimOf(preset, rule.path)
    const template = rule.path === preset.audience.claim ? preset.audience.usual : claim?.from
    if (rule.path === preset.audience.claim && isAudienceFree) {
      making.audience = audienceFor(rule, making.audience ?? print(preset.audience.usual ?? '', facts) ?? undefined)
    } else if (rule.path === 'sub') {
      const said = textsFor(preset, rule, formatsFor(preset, facts, format), facts, known)
      format = (said && readSubject(preset, said.text)?.format) ?? format
      Object.assign(known, said?.facts)
    } else if (template) {
      const written = [{ template, escape: 'none' as const }]
      Object.assign(known, textsFor(preset, withValues(rule, claim), written, facts, known)?.facts)
    } else putUnknown(rule, claim, extra, withExtra(claimsOf(preset, { ...start, facts }, making), extra))
  }
  const facts = jobFacts(preset, { ...sample.facts, ...withSources(preset, known) })
  const job = { issuer, subject: subjectFrom(preset, facts, format), facts }
  return { job, making, extra, stated: statedFacts(policy, preset, facts) }
}

/** A pattern states nothing: many values fit it. */
function statedFacts(policy: ClaimPolicy, preset: Preset, facts: FactValues): Set<string> {
  const said = policy.rules.map((rule) => exactFacts(preset, rule))
  if (policy.issuer !== null) said.push({ ...readIssuer(preset, policy.issuer)?.facts })
  const agrees = ([name, value]: [string, string]) => facts[name] === value
  const stated = new Set(said.flatMap((one) => Object.entries(one).filter(agrees)).map(([name]) => name))
  for (const [name, { from }] of Object.entries(preset.facts)) {
    if (typeof from === 'string' && factNamesOf(from).every((part) => stated.has(part))) stated.add(name)
  }
  return stated
}

/** The rule, with those values of it alone that the issuer sends. */
function withValues(rule: ClaimRule, claim: Claim | null): ClaimRule {
  const values = claim?.values?.filter((value) => claimMatches(rule.matcher, value)) ?? []
  return claim?.values ? { ...rule, matcher: { kind: 'equals-any', values } } : rule
}

/** Rules with exact values first, because patterns leave a choice. */
const inOrder = (rules: readonly ClaimRule[]): ClaimRule[] =>
  [...rules].sort((a, b) => Number(hasPattern(a)) - Number(hasPattern(b)))

const hasPattern = ({ matcher }: ClaimRule) => matcher.kind === 'glob-any' && matcher.values.some(isPattern)

function audienceFor(rule: ClaimRule, usual: string | undefined): string | undefined {
  if (usual !== undefined && claimMatches(rule.matcher, usual)) return usual
  return textsFor(null, rule, [], {}, {})?.text ?? usual
}

/** Formats in which a subject is looked for: first those that the facts choose, the form at hand before other forms. */
function formatsFor(preset: Preset, facts: FactValues, usual: SubjectFormat | undefined): SubjectFormat[] {
  const forms = [...new Set([usual?.form, ...preset.subjects.map(({ form }) => form)])]
  const chosen = forms.flatMap((form) => subjectOf(preset, facts, { form })?.format ?? [])
  return [...chosen, ...preset.subjects.filter((format) => !chosen.includes(format))]
}

/** The format that the facts choose in a form; a subject that an administrator composed keeps its own. */
function subjectFrom(preset: Preset, facts: FactValues, format: SubjectFormat | undefined) {
  const isListed = preset.subjects.some(({ form }) => form === format?.form)
  return subjectOf(preset, facts, isListed || !format ? { form: format?.form } : { format })
}

/** A claim that no fact makes: one of the values that the issuer sends, or any that the rule accepts. */
function putUnknown(rule: ClaimRule, claim: Claim | null, extra: TrustedJob['extra'], claims: JsonObject): void {
  const present = findClaim(claims, rule.path)
  if (present === undefined ? rule.whenAbsent === 'allow' : claimMatches(rule.matcher, present)) return
  const value = claim?.values?.find((one) => claimMatches(rule.matcher, one)) ?? textsFor(null, rule, [], {}, {})?.text
  const isWhole = claim !== null && !claim.isPrefix && claim.type !== 'object'
  const steps = rule.path.startsWith('/') ? segmentsOf(rule.path) : [rule.path]
  if (value !== undefined) extra.push([isWhole ? stepsOf(claim) : (steps ?? [rule.path]), value])
}
