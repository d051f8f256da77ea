import { findClaim } from '../claims'
import { type JsonObject, type JsonValue, typeWords } from '../json/json'
import { claimAt, stepsOf } from './claim-of'
import { presets } from './index'
import type { Claim, ClaimClass, ClaimRole, IssuerVariant, Preset, SubjectFormat } from './preset'
import {
  isSimilar,
  isStandard,
  isTellingSubject,
  knownOf,
  type Leaf,
  leavesOf,
  presetOfClaims,
} from './preset-of-claims'
import { readSubject, subjectClass } from './subject'
import { type FactValues, parse } from './template'

/** A claim of a token that its preset knows. */
export type KnownClaim = {
  path: string
  class: ClaimClass
  role: ClaimRole
  meaning: string
  /** Why the issuer would not send this value, in a sentence; null when it would. */
  fault: string | null
}

export type Recognition = {
  /** Null when the issuer is not known. */
  preset: Preset | null
  variant: IssuerVariant | null
  /** The format of `sub`; null when it has none that the preset knows. */
  format: SubjectFormat | null
  /** Facts that issuer, subject and claims say. */
  facts: FactValues
  classes: KnownClaim[]
  /** Addresses of claims that neither a standard nor the preset knows. Without a preset: of all claims but standard ones. */
  unknown: string[]
  /** For an unknown issuer whose claims have the names of a preset’s: that preset, and those it must not be taken for. */
  looksLike: { preset: Preset; mustNotBe: Preset[] } | null
  /** False where there are more claims than were looked at. */
  isComplete: boolean
}

/** Says which issuer made a token and what its claims mean. The claims may be a stranger's: nothing in them is believed. */
export function recognise(claims: JsonObject): Recognition {
  const [leaves, isComplete] = leavesOf(claims)
  const found = presetOfClaims(claims, leaves)
  if (!found) {
    const preset = similarPreset(claims, leaves)
    const unknown = leaves.filter(({ steps }) => !isStandard(steps)).map(({ path }) => path)
    const looksLike = preset && { preset, mustNotBe: presets.filter(({ id }) => preset.mustNotBe.includes(id)) }
    return { preset: null, variant: null, format: null, facts: {}, classes: [], unknown, looksLike, isComplete }
  }
  const { preset, variant } = found
  const subject = typeof claims.sub === 'string' ? readSubject(preset, claims.sub) : null
  const facts: FactValues = { ...factsOfClaims(preset, claims), ...subject?.facts, ...found.facts }
  const known = leaves.flatMap(({ steps, path, value }) => {
    const claim = claimAt(preset, steps)
    return claim ? [knownClaim(claim, path, value)] : []
  })
  const unknown = leaves.filter(({ steps }) => !isStandard(steps) && !claimAt(preset, steps)).map(({ path }) => path)
  const classes = subject ? [subjectClaim(preset, subject.format), ...known] : known
  return { preset, variant, format: subject?.format ?? null, facts, classes, unknown, looksLike: null, isComplete }
}

/** The preset whose claims a token has, where most of them are known and at least three are; or whose subject it has. */
function similarPreset({ sub }: JsonObject, leaves: readonly Leaf[]): Preset | null {
  const sent = new Set(leaves.map(({ steps }) => steps.join('\n')))
  const isMissing = (claim: Claim) => isAlwaysSent(claim) && !sent.has(stepsOf(claim).join('\n'))
  const scored = presets.map((preset) => ({
    ...{ preset, ...knownOf(preset, leaves) },
    hasSubject: typeof sub === 'string' && isTellingSubject(preset, sub),
    missing: preset.claims.filter(isMissing).length,
  }))
  const similar = scored.filter((one) => one.hasSubject || isSimilar(one))
  const best = similar.sort((a, b) => b.known - a.known || a.missing - b.missing)[0]
  return best?.preset ?? null
}

const isAlwaysSent = (claim: Claim) => !claim.isOptional && !claim.isPrefix

/** What the claims say, by the templates of the preset. The first claim that says a fact counts. */
function factsOfClaims(preset: Preset, claims: JsonObject): FactValues {
  const facts: Record<string, string> = {}
  for (const claim of preset.claims) {
    const value = findClaim(claims, claim.path)
    const text = Array.isArray(value) ? value[0] : value
    if (claim.from === undefined || text === undefined || text === null || typeof text === 'object') continue
    for (const [name, read] of Object.entries(parse(claim.from, String(text), preset.facts) ?? {})) facts[name] ??= read
  }
  return facts
}

function knownClaim(
  { class: claimClass, role, meaning, type, values }: Claim,
  path: string,
  value: JsonValue,
): KnownClaim {
  const known = { path, class: claimClass, role, meaning }
  if (type === 'object' || value === null) return { ...known, fault: null }
  if (typeOf(value) !== type)
    return { ...known, fault: `The issuer sends ${words[type]}; this is ${typeWords(value)}.` }
  const isUnheardOf = typeof value === 'string' && values !== undefined && !values.includes(value)
  return { ...known, fault: isUnheardOf ? 'The issuer is not known to send this value.' : null }
}

function typeOf(value: JsonValue): Claim['type'] {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'object' ? 'object' : 'number'
}

const words = { text: 'text', number: 'a number', boolean: 'true or false', list: 'a list', object: 'an object' }

const subjectClaim = (preset: Preset, format: SubjectFormat): KnownClaim => ({
  ...{ path: 'sub', class: subjectClass(preset, format), role: 'workload', fault: null },
  meaning: `Subject: ${format.title}.`,
})
