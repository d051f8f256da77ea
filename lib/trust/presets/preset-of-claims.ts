import { claimAddress } from '../claims'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json'
import { keptAnswers } from '../kept-answers'
import { claimAt } from './claim-of'
import { presets } from './index'
import type { Preset } from './preset'
import { type IssuerReading, readIssuer } from './preset-for'
import { readSubject } from './subject'

/** Claims of RFC 7519 §4.1 and of OpenID Connect, which every issuer may send. */
const standardClaims = new Set(`iss sub aud exp nbf iat jti auth_time nonce acr amr azp at_hash c_hash sid`.split(' '))

export const isStandard = ([name, ...rest]: readonly string[]) => rest.length === 0 && standardClaims.has(name ?? '')

/** A claim that is no object, or an empty object. */
export type Leaf = { steps: string[]; path: string; value: JsonValue }

/** Claims that are looked at. */
const leavesMax = 500

/** All claims that are not objects, and empty objects; the first ones of very many, which are then not complete. */
export function leavesOf(claims: JsonObject): [leaves: Leaf[], isComplete: boolean] {
  const leaves: Leaf[] = []
  const visit = (object: JsonObject, above: string[]) => {
    for (const [name, value] of Object.entries(object)) {
      if (leaves.length > leavesMax) return
      const steps = [...above, name]
      if (isJsonObject(value) && Object.keys(value).length > 0) visit(value, steps)
      else leaves.push({ steps, path: claimAddress(claims, [steps[0] ?? '', ...steps.slice(1)]), value })
    }
  }
  visit(claims, [])
  return [leaves.slice(0, leavesMax), leaves.length <= leavesMax]
}

/** How much of a token’s claims a preset knows: how many, and which part of them. Standard ones are not counted. */
export type Known = { known: number; share: number }

export function knownOf(preset: Preset, leaves: readonly Leaf[]): Known {
  const own = leaves.filter(({ steps }) => !isStandard(steps))
  const known = own.filter(({ steps }) => claimAt(preset, steps)).length
  return { known, share: own.length === 0 ? 0 : known / own.length }
}

export const isSimilar = ({ known, share }: Known) => known >= 3 && share >= 0.5

/** Whether a subject has a format of the preset that says more than a name. */
export function isTellingSubject(preset: Preset, sub: string): boolean {
  const format = readSubject(preset, sub)?.format
  const literal = format?.template.replace(/\{[^}]*\}/g, '') ?? ''
  return literal.length >= 5
}

/**
 * The preset of a token’s issuer. An issuer that tells its preset decides; one of an own server counts where subject or claims
 * are the preset's. Several presets of one issuer are told apart by subject and claims.
 */
export function presetOfClaims({ iss, sub }: JsonObject, leaves: readonly Leaf[]): IssuerReading | null {
  return typeof iss === 'string' ? choose(readingsOf(iss), sub, (preset) => knownOf(preset, leaves)) : null
}

/**
 * As `presetOfClaims`, for the very many tokens of logins: what the issuer and the names of the claims say is kept, and only the
 * subject, which is another in each, is read anew.
 */
export function keptPresetOf(claims: JsonObject): Preset | null {
  const { iss, sub } = claims
  if (typeof iss !== 'string') return null
  const readings = readingsByIssuer(iss, readingsOf)
  const [only] = readings
  // Nothing that the claims say would change it.
  if (!only || (readings.length === 1 && only.variant.isTelling)) return only?.preset ?? null
  const names = JSON.stringify([iss, JSON.stringify(claims, withoutValues)])
  const known = knownByNames(names, () => {
    const [leaves] = leavesOf(claims)
    return new Map(readings.map(({ preset }) => [preset, knownOf(preset, leaves)]))
  })
  return choose(readings, sub, (preset) => known.get(preset) ?? knownNothing)?.preset ?? null
}

const readingsOf = (iss: string) => presets.flatMap((preset) => readIssuer(preset, iss) ?? [])

function choose(
  readings: readonly IssuerReading[],
  sub: JsonValue | undefined,
  knownBy: (preset: Preset) => Known,
): IssuerReading | null {
  const candidates = readings.map((reading) => {
    const known = knownBy(reading.preset)
    return { reading, share: known.share, isSure: reading.variant.isTelling || isSimilar(known) }
  })
  const [only] = candidates
  // The subject, which costs most, decides between several presets, or for one that nothing else tells.
  if (only?.isSure && candidates.length === 1) return only.reading
  const scored = candidates.flatMap(({ reading, share, isSure }) => {
    const hasSubject = typeof sub === 'string' && isTellingSubject(reading.preset, sub)
    if (!hasSubject && !isSure) return []
    return [{ reading, score: (reading.variant.isTelling ? 1 : 0) + (hasSubject ? 2 : 0) + share }]
  })
  return scored.sort((a, b) => b.score - a.score)[0]?.reading ?? null
}

const readingsByIssuer = keptAnswers<IssuerReading[]>(1_000, 4_000)
const knownByNames = keptAnswers<ReadonlyMap<Preset, Known>>(1_000, 4_000)
const knownNothing: Known = { known: 0, share: 0 }

const withoutValues = (_: string, value: JsonValue) => (isJsonObject(value) ? value : 0)
