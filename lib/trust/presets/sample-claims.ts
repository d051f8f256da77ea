import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../json/json'
import { stepsOf } from './claim-of'
import { jobFacts } from './job-facts'
import type { Claim, Preset, Sample } from './preset'
import { type Subject, subjectOf } from './subject'
import { type FactValues, print } from './template'

/** A job, and what its token says about it. Some tokens have no subject. */
export type Job = { issuer: string; subject: Subject | null; facts: FactValues }

/** When and for whom a token is made. Without an audience it has the usual one of the platform. */
export type Making = { now: number; audience?: string; lifetimeSeconds?: number }

/** The claims of a sample's token; without an id, of the first. */
export const sampleClaims = (preset: Preset, making: Making, sampleId?: string): JsonObject =>
  claimsOf(preset, sampleJob(preset, sampleId), making)

/** The job of a sample. A preset whose sample lacks a fact is at fault, which its tests find. */
export function sampleJob(preset: Preset, sampleId?: string): Job {
  const sample = sampleId === undefined ? preset.samples[0] : preset.samples.find(({ id }) => id === sampleId)
  if (!sample) throw new Error(`The preset ${preset.id} has no sample ${sampleId}.`)
  const facts = jobFacts(preset, sample.facts)
  const issuer = issuerOf(preset, facts, sample)
  const format = preset.subjects.find(({ id }) => id === sample.subject)
  const subject = subjectOf(preset, facts, { format })
  if (issuer === null) throw new Error(`The sample ${sample.id} of ${preset.id} lacks a fact of its issuer.`)
  return { issuer, subject, facts }
}

/** The claims of a job’s token, with the types that the issuer sends. */
export function claimsOf(preset: Preset, { issuer, subject, facts }: Job, making: Making): JsonObject {
  const { now, lifetimeSeconds = preset.lifetimeSeconds.usual ?? usualLifetimeSeconds } = making
  const audience = making.audience ?? print(preset.audience.usual ?? '', facts) ?? ''
  const claims: JsonObject = Object.create(null)
  claims.iss = issuer
  if (subject) claims.sub = subject.text
  if (audience !== '') claims[preset.audience.claim] = preset.audience.isList ? [audience] : audience
  for (const claim of preset.claims) {
    const value = claim.isPrefix ? undefined : claimValue(claim, facts)
    if (value !== undefined) putClaim(claims, stepsOf(claim), value)
  }
  claims.iat = now
  claims.nbf = now - preset.notBeforeBackdateSeconds
  claims.exp = now + lifetimeSeconds
  return claims
}

/** Sets a claim, in the objects that lead to it. */
export function putClaim(claims: JsonObject, steps: readonly string[], value: JsonValue): void {
  const [name, ...rest] = steps
  if (name === undefined) return
  if (rest.length === 0) {
    claims[name] = value
    return
  }
  const inner = Object.hasOwn(claims, name) ? claims[name] : undefined
  const object: JsonObject = isJsonObject(inner) ? inner : Object.create(null)
  claims[name] = object
  putClaim(object, rest, value)
}

const usualLifetimeSeconds = 3600

function issuerOf(preset: Preset, facts: FactValues, sample: Sample): string | null {
  const variant = sample.issuer ? preset.issuers.find(({ id }) => id === sample.issuer) : preset.issuers[0]
  return variant ? print(variant.template, facts) : null
}

function claimValue(claim: Claim, facts: FactValues): JsonValue | undefined {
  const text = claim.from === undefined ? null : print(claim.from, facts)
  if (text !== null) return typed(claim.type, text)
  return claim.example === undefined ? undefined : exampleOf(claim.type, claim.example)
}

function typed(type: Claim['type'], text: string): JsonValue {
  if (type === 'list') return [text]
  if (type === 'number') return Number(text)
  return type === 'boolean' ? text === 'true' : text
}

function exampleOf(type: Claim['type'], text: string): JsonValue | undefined {
  if (type !== 'list' && type !== 'object') return typed(type, text)
  const result = parseJson(text)
  return result.ok ? result.value : undefined
}
