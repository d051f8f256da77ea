import { withIssuerOfRules } from '../analysis/issuer-of-rules'
import type { JsonObject } from '../json/json'
import { isPattern } from '../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../policy'
import { presets } from '../presets'
import { claimOf } from '../presets/claim-of'
import type { Preset } from '../presets/preset'
import { type IssuerReading, readIssuer } from '../presets/preset-for'
import { recognise } from '../presets/recognise'
import { readSubject } from '../presets/subject'
import { presetOfKeys } from './preset-of-keys'

type Policy = Pick<TrustPolicy, 'issuer' | 'keys' | 'rules'>

/**
 * Returns the preset of a trust's issuer, or null. It is found by the issuer; among several, by a token and the rules; without an
 * issuer, by the URLs of the keys.
 */
export function presetOfTrust(policy: Policy, sample?: JsonObject): Preset | null {
  const { issuer, keys, rules } = withIssuerOfRules(policy)
  if (sample && (issuer === null || sample.iss === issuer)) {
    const recognised = recognise(sample).preset
    if (recognised) return recognised
  }
  if (issuer === null) return presetOfKeys(keys)
  const scored = presets.flatMap((preset) => {
    const reading = readIssuer(preset, issuer)
    return reading ? scoreOf(reading, rules) : []
  })
  return scored.sort((a, b) => b.score - a.score)[0]?.preset ?? null
}

/** An issuer that other platforms could have, too, counts where rules speak of the preset's subject or of its claims. */
function scoreOf({ preset, variant }: IssuerReading, rules: readonly ClaimRule[]): { preset: Preset; score: number }[] {
  const hasSubject = rules.some((rule) => rule.path === 'sub' && valuesOf(rule).some((text) => isSubject(preset, text)))
  const known = rules.filter(({ path }) => !standard.has(path) && claimOf(preset, path)).length
  if (!variant.isTelling && !hasSubject && known < knownMin) return []
  return [{ preset, score: (variant.isTelling ? 4 : 0) + (hasSubject ? 2 : 0) + Math.min(known, 10) / 10 }]
}

const knownMin = 2
const standard = new Set('iss sub aud exp nbf iat jti azp'.split(' '))

/** Fixed text that a subject begins with tells a preset from this length on. */
const tellingMin = 5

/** Whether a value begins as a subject of the preset does, which itself says something. */
function isSubject(preset: Preset, text: string): boolean {
  if (isPattern(text)) {
    const start = text.replace(/^!/, '').split(/[*?[\]{}()\\]/, 1)[0] ?? ''
    return start.length >= tellingMin && preset.subjects.some(({ template }) => begins(template, start))
  }
  const template = readSubject(preset, text)?.format.template
  return template !== undefined && template.replace(/\{[^}]*\}/g, '').length >= tellingMin
}

function begins(template: string, start: string): boolean {
  const literal = template.split('{', 1)[0] ?? ''
  return literal.length >= tellingMin && (literal.startsWith(start) || start.startsWith(literal))
}

const valuesOf = ({ matcher }: ClaimRule): readonly string[] => ('values' in matcher ? matcher.values.slice(0, 20) : [])
