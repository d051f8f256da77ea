import type { Algorithm } from '@/lib/trust/algorithms'
import type { JsonObject } from '@/lib/trust/json/json'
import type { KeySource } from '@/lib/trust/policy'
import { presetOf } from '@/lib/trust/presets'
import { withSources } from '@/lib/trust/presets/job-facts'
import type { Fact, IssuerVariant, Preset, RuleSet } from '@/lib/trust/presets/preset'
import { recognise } from '@/lib/trust/presets/recognise'
import { type FactValues, factNamesOf, print } from '@/lib/trust/presets/template'
import { toPresetAnswer } from './finding-answers'
import type { GuideInput, GuideQuestion } from './guide-input'
import { accepts, type Reading, read } from './guide-reading'
import type { PresetAnswer } from './posture'

export type { GuideInput, GuideQuestion }

type Choice = { id: string; title: string }

/** What to ask, and what follows from the answers for a trust. */
export type Guide = {
  preset: PresetAnswer
  variants: Choice[]
  variant: string
  /** The tightest first; `admits`: titles of the strangers that a set lets in by intent. */
  ruleSets: (Choice & { why: string; admits: string[] })[]
  ruleSet: string
  questions: GuideQuestion[]
  audience: string
  /** Claim that holds the audience. */
  audienceClaim: string
  issuer: string | null
  /** Null where they must be given by hand. */
  keys: Extract<KeySource, { url: string }> | null
  /** The kind of key source that the issuer has, before it is known where; null where keys are given by hand. */
  keyKind: 'jwks-url' | 'oidc-discovery' | null
  algorithms: Algorithm[]
  /** Claims with the exact values to require; those whose facts are known. */
  rules: { path: string; values: string[] }[]
  /** Titles of what is still to be answered. */
  missing: string[]
  /** A name for the workload; '' where nothing is known. */
  name: string
}

/** Returns the questions that a preset needs, and the rules that follow from their answers. Nothing is filled in from samples of the preset but switches of the platform. Pure. */
export function setUpGuide(input: GuideInput): Guide {
  const { sample } = input
  const recognised = sample && recognise(sample)
  const preset = presetOf(input.preset ?? recognised?.preset?.id ?? 'generic') ?? generic()
  const isOfSample = recognised !== null && (recognised.preset ?? generic()).id === preset.id
  const variant =
    preset.issuers.find(({ id }) => id === (input.variant ?? (isOfSample ? recognised.variant?.id : null))) ??
    firstOf(preset.issuers)
  const said = isOfSample && sample ? saidBy(preset, sample, recognised.facts) : {}
  const byAdmission = ruleSetsOf(preset, input.admitsAll)
  const readAs = (ruleSet: RuleSet, facts: GuideInput['facts']) =>
    read(preset, variant, ruleSet, { ...input, facts }, said)
  const ruleSet =
    byAdmission.find(({ id }) => id === input.ruleSet) ??
    (sample &&
      ruleSetOf(
        sample,
        byAdmission.map((one) => readAs(one, {})),
      )) ??
    firstOf(byAdmission)
  const chosen = readAs(ruleSet, input.facts)
  const issuer = chosen.issuer ?? textIn(isOfSample ? sample : null, 'iss')
  const audience = input.audience ?? audienceOf(preset, chosen.facts, input.ownAudience, isOfSample ? sample : null)
  return {
    preset: toPresetAnswer(preset),
    variants: preset.issuers.map(({ id, title }) => ({ id, title })),
    variant: variant.id,
    ruleSets: byAdmission.map(({ id, title, why, admits }) => ({
      ...{ id, title, why },
      admits: admits.map((story) => preset.stories.find((one) => one.id === story)?.title ?? story),
    })),
    ruleSet: chosen.ruleSet.id,
    questions: chosen.questions,
    audience,
    audienceClaim: preset.audience.claim,
    issuer,
    keyKind: variant.isAmbiguous ? null : variant.jwksUrl === undefined ? 'oidc-discovery' : 'jwks-url',
    keys: keysOf(variant, issuer, chosen.facts),
    algorithms: variant.algorithms ?? preset.algorithms,
    rules: chosen.rules,
    missing: [...chosen.missing, ...(audience === '' ? ['Audience'] : [])],
    name: nameOf(preset, chosen.questions),
  }
}

const generic = (): Preset => {
  const preset = presetOf('generic')
  if (!preset) throw new Error('There is no preset for other issuers.')
  return preset
}

function firstOf<Item>([first]: readonly Item[]): Item {
  if (first === undefined) throw new Error('A preset has at least one issuer and one rule set.')
  return first
}

/** The sets of rules to choose from, the tightest first. */
function ruleSetsOf(preset: Preset, admitsAll: GuideInput['admitsAll']): RuleSet[] {
  const sets = preset.ruleSets.toSorted((one, other) => Math.sign(one.admits.length) - Math.sign(other.admits.length))
  if (admitsAll === 'never') return sets
  const all = withoutWorkload(preset, firstOf(sets))
  return admitsAll === 'only' ? [all] : [...sets, all]
}

/** What a set requires of every token of the issuer, to whatever workload it is given. */
function withoutWorkload(preset: Preset, tightest: RuleSet): RuleSet {
  const rules = tightest.rules.filter(
    ({ path, values }) =>
      path !== 'sub' && !values.flatMap(factNamesOf).some((fact) => preset.facts[fact]?.role === 'workload'),
  )
  const closing = ['iss', preset.audience.claim, ...rules.map(({ path }) => path)]
  return {
    ...tightest,
    id: 'all',
    title: 'Everything that it issues tokens to',
    why: 'Issuer and audience decide, and who is told apart by the subject.',
    rules,
    admits: preset.stories
      .filter(({ closedBy }) => !closedBy.some((path) => closing.includes(path)))
      .map(({ id }) => id),
  }
}

const textIn = (claims: JsonObject | null, name: string): string | null => {
  const value = claims?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Facts that a token says. */
function saidBy(preset: Preset, sample: JsonObject, facts: FactValues): FactValues {
  const subject = preset.id === 'generic' ? textIn(sample, 'sub') : null
  return withSources(preset, subject === null ? facts : { ...facts, subject })
}

/** The first set that accepts a token by what the token itself says. What is typed does not change the set. */
const ruleSetOf = (sample: JsonObject, readings: readonly Reading[]): RuleSet | undefined => {
  const complete = readings.filter(({ missing }) => missing.length === 0)
  return (complete.find(({ rules }) => accepts(rules, sample)) ?? complete[0])?.ruleSet
}

function audienceOf(preset: Preset, facts: FactValues, own: string, sample: JsonObject | null): string {
  const said = sample?.[preset.audience.claim]
  const [first] = Array.isArray(said) ? said : [said]
  if (typeof first === 'string' && first !== '') return first
  return preset.audience.isChosen ? own : (print(preset.audience.usual ?? '', facts) ?? '')
}

/** Installations that share the text of their issuer are told apart by keys alone, which must be given. */
function keysOf(variant: IssuerVariant, issuer: string | null, facts: FactValues): Guide['keys'] {
  if (variant.isAmbiguous) return null
  const url = variant.jwksUrl === undefined ? null : print(variant.jwksUrl, facts)
  if (url) return { kind: 'jwks-url', url, caCert: '' }
  return issuer && /^https?:\/\//.test(issuer) ? { kind: 'oidc-discovery', url: issuer, caCert: '' } : null
}

/** `acme-payments`. */
function nameOf(preset: Preset, questions: readonly GuideQuestion[]): string {
  const naming = (role: Fact['role']) =>
    questions.filter(({ fact, value, problem }) => {
      const known = preset.facts[fact]
      return known?.role === role && known.class === 'name' && value !== '' && problem === null
    })
  const parts = preset.id === 'generic' ? naming('workload') : [...naming('tenant'), ...naming('workload')]
  return parts
    .map(({ value }) => value)
    .slice(0, 3)
    .join('-')
    .slice(0, 60)
}
