import { type ClaimValue, findClaim, segmentsOf } from '../claims'
import type { JsonObject } from '../json/json'
import { stringifyJson } from '../json/json'
import { changedFacts, type FactChanges, holds } from './job-facts'
import type { Preset, Story } from './preset'
import { readIssuer } from './preset-for'
import { claimsOf, type Job, type Making, putClaim } from './sample-claims'
import { type Subject, subjectOf } from './subject'
import { type FactValues, print } from './template'

/**
 * The stories of a preset that apply to a trusted job and change something that can be bound, each with claims of the stranger's token:
 * in the trusted job's form of subject first, then in the other forms that the issuer sends of itself.
 */
export function storiesOf(preset: Preset, job: Job, making: Making): { story: Story; tokens: JsonObject[] }[] {
  const usual = preset.subjects.filter(({ isCustom }) => !isCustom).map(({ form }) => form)
  const forms = new Set([job.subject?.format.form, ...usual])
  const known = new Map<string | undefined, JsonObject>()
  /** Claims of the trusted job's own token, with a subject in one of its forms. */
  const ownClaims = (subject: Subject | null) => {
    const claims = known.get(subject?.text) ?? claimsOf(preset, { ...job, subject }, making)
    known.set(subject?.text, claims)
    return claims
  }
  return preset.stories.flatMap((story) => {
    const tokens = [...forms].flatMap((form) => {
      const claims = storyClaims(preset, job, story, making, form)
      const subject = story.subject ? job.subject : subjectIn(preset, job, job.facts, form)
      return claims && !isSameToBind(preset, claims, ownClaims(subject)) ? [claims] : []
    })
    return tokens.length > 0 ? [{ story, tokens }] : []
  })
}

/** The claims of the stranger's token. Null when the story does not apply to the job. */
function storyClaims(preset: Preset, job: Job, story: Story, making: Making, form?: string): JsonObject | null {
  const variant = readIssuer(preset, job.issuer)?.variant
  if (story.variants && !story.variants.includes(variant?.id ?? '')) return null
  if (story.needs.some((name) => job.facts[name] === undefined) || !holds(story.when, job.facts)) return null
  const changes = changesOf(preset, job.facts, story)
  if (!changes) return null
  const facts = changedFacts(preset, job.facts, changes)
  const format = preset.subjects.find(({ id }) => id === story.subject)
  const subject = format ? subjectOf(preset, facts, { format }) : subjectIn(preset, job, facts, form)
  if (job.subject && !subject) return null
  const issuer = story.issuer ?? variant?.template
  const stranger = { issuer: (issuer && print(issuer, facts)) || job.issuer, subject, facts }
  const audience = story.audience === undefined ? making.audience : (print(story.audience, facts) ?? undefined)
  const claims = claimsOf(preset, stranger, { ...making, audience, lifetimeSeconds: story.lifetimeSeconds })
  for (const [path, value] of Object.entries(story.claims)) putClaim(claims, stepsTo(path), value)
  return claims
}

/** Null when a template needs a fact that the job does not have. */
function changesOf(preset: Preset, base: FactValues, { change }: Story): FactChanges | null {
  const changes: Record<string, string | null> = {}
  for (const [name, to] of Object.entries(change)) {
    const fact = preset.facts[name]
    if (to === 'other') changes[name] = (base[name] === fact?.other ? fact?.sample : fact?.other) ?? null
    else if (to.to === null) changes[name] = null
    else {
      const value = print(to.to, base)
      if (value === null) return null
      changes[name] = value
    }
  }
  return changes
}

/** A subject in a form of the preset; one that an administrator composed keeps its format. */
function subjectIn(preset: Preset, job: Job, facts: FactValues, form?: string): Subject | null {
  if (!job.subject) return null
  const isListed = preset.subjects.some((one) => one.form === form)
  return subjectOf(preset, facts, isListed ? { form } : { format: job.subject.format })
}

/** Whether two tokens differ in nothing but times and claims that change with each run. */
export function isSameToBind(preset: Preset, one: JsonObject, other: JsonObject): boolean {
  const bindable = preset.claims.filter((claim) => claim.class !== 'ephemeral' && !claim.isPrefix)
  const paths = ['iss', 'sub', preset.audience.claim, ...bindable.map(({ path }) => path)]
  return paths.every((path) => isSame(findClaim(one, path) ?? null, findClaim(other, path) ?? null))
}

const isSame = (one: ClaimValue | null, other: ClaimValue | null): boolean =>
  one === other || (typeof one !== 'string' && stringifyJson(one) === stringifyJson(other))

const stepsTo = (path: string) => (path.startsWith('/') ? (segmentsOf(path) ?? []) : [path])
