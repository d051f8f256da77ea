import { plainAddress } from '../claims'
import type { JsonValue } from '../json/json'
import type { Work } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Claim, Preset } from '../presets/preset'
import { factNamesOf, partsOf } from '../presets/template'
import { claimLanguage, findMembers, isTextOnly } from './claim-language'
import type { Constraint } from './fact-search'
import { type ClaimGrammar, grammarOf, isConfigurable } from './grammar'
import { textsLanguage } from './language'
import { plausibleTexts } from './plausible'
import { hasText } from './search'
import type { Shape } from './shapes'

/** What the rules on one claim ask for. */
export type Demand = {
  /** Claim address as the first rule writes it. */
  path: string
  rules: ClaimRule[]
  claim: Claim | null
  isKnown: boolean
  machines: Constraint['machines']
  /** Claims that do not follow from facts: a value that the rules accept; null = they follow. */
  value: JsonValue | null
  isAbsentAccepted: boolean
}

/**
 * Returns what rules ask of the claims of an issuer; `dead` with the address on which no claim of the issuer satisfies them, and
 * null when it is too much to tell.
 */
export function demandsOf(rules: readonly ClaimRule[], preset: Preset, work: Work): Demand[] | { dead: string } | null {
  const groups = new Map<string, ClaimRule[]>()
  for (const rule of rules) {
    const key = claimOf(preset, rule.path)?.path ?? plainAddress(rule.path)
    groups.set(key, [...(groups.get(key) ?? []), rule])
  }
  const demands: Demand[] = []
  for (const [path, group] of groups) {
    const demand = demandOf(path, group, preset, work)
    if (demand === null || work.isSpent) return null
    if (demand === 'dead') return { dead: group[0]?.path ?? path }
    demands.push(demand)
  }
  return demands
}

function demandOf(path: string, rules: ClaimRule[], preset: Preset, work: Work): Demand | 'dead' | null {
  const language = claimLanguage(rules)
  const grammar = grammarOf(preset, path)
  if (!language || !grammar) return null
  const claim = claimOf(preset, path)
  const followsFacts = isTextOnly(path) || isFixedAudience(preset, path) || claim?.from !== undefined
  const parts = [...language.some, ...language.every]
  const machines = parts.map(({ texts, spells }) => ({ machine: texts, spells }))
  const plausible = plausibleTexts(rules).map((machine) => ({ machine, spells: false }))
  const members = findMembers(language, work, [
    ...(grammar.isSent ? grammar.texts : []),
    ...plausible.map(({ machine }) => machine),
  ])
  if (members === null && !language.isAbsentAccepted) return 'dead'
  return {
    ...{ path: plainAddress(rules[0]?.path ?? path), rules, claim, isKnown: grammar.isSent },
    machines: [...machines, ...plausible],
    value: followsFacts || members === null ? null : toValue(members, grammar),
    isAbsentAccepted: language.isAbsentAccepted,
  }
}

const isFixedAudience = (preset: Preset, path: string) =>
  path === preset.audience.claim &&
  !preset.audience.isChosen &&
  preset.audience.usual !== undefined &&
  !isConfigurable(preset)

function toValue(members: readonly string[], grammar: ClaimGrammar): JsonValue {
  const type = grammar.isSent ? grammar.type : 'text'
  const [text = ''] = members
  if (type === 'list' || members.length > 1) return [...members]
  if (type === 'boolean') return text === 'true'
  return type === 'number' ? Number(text) : text
}

/** Constraints of the rules and the issuer on the facts of a shape; null when its tokens cannot satisfy them. */
export function constraintsOf(
  demands: readonly Demand[],
  issuer: string | null,
  shape: Shape,
  preset: Preset,
  work: Work,
): Constraint[] | null {
  const constraints: Constraint[] = []
  if (issuer !== null) {
    const language = textsLanguage([issuer])
    if (!language) return null
    constraints.push(constraintOf(shape.variant.template, [{ machine: language.texts, spells: true }]))
  }
  for (const demand of demands) {
    const template = templateOf(demand, shape, preset)
    if (template === null) {
      // The claim is not there, or has the value that is sent where its facts are absent.
      const example = demand.claim?.from === undefined ? undefined : demand.claim.example
      const isMet = example !== undefined && demand.machines.every(({ machine }) => hasText(machine, example, work))
      if (demand.value === null && !isMet && (example !== undefined || !demand.isAbsentAccepted)) return null
    } else
      constraints.push(constraintOf(template, demand.machines, demand.path === 'sub' ? shape.format?.escape : 'none'))
  }
  return constraints.sort((one, other) => freedomOf(one) - freedomOf(other))
}

/** The templates of the claims that rules are about, and of the issuer. */
export function templatesOf(demands: readonly Demand[], issuer: string | null, shape: Shape, preset: Preset): string[] {
  const claims = demands.flatMap((demand) => writtenTemplate(demand, shape, preset) ?? [])
  return issuer === null ? claims : [shape.variant.template, ...claims]
}

/** The template of a claim in tokens of a shape; null where the claim does not follow from facts, or they are absent. */
function templateOf(demand: Demand, shape: Shape, preset: Preset): string | null {
  if (demand.value !== null) return null
  const template = writtenTemplate(demand, shape, preset)
  if (template === null) return null
  const missing = factNamesOf(template).filter((name) => !Object.hasOwn(shape.facts, name))
  if (missing.some((name) => !shape.optional.has(name))) return null
  // An optional fact is there only where a rule asks for it.
  return missing.length > 0 && demand.isAbsentAccepted ? null : template
}

function writtenTemplate({ path, claim }: Demand, { variant, format }: Shape, preset: Preset): string | null {
  if (path === 'iss') return variant.template
  if (path === 'sub') return format?.template ?? null
  return claim ? (claim.from ?? null) : isFixedAudience(preset, path) ? (preset.audience.usual ?? null) : null
}

const constraintOf = (
  template: string,
  machines: Constraint['machines'],
  escaping: Constraint['escaping'] = 'none',
): Constraint => ({ parts: partsOf(template), escaping, machines })

/** Constraints that leave least open come first, so that others need not be tried. */
const freedomOf = ({ parts, machines }: Constraint) => parts.length * (machines.some(({ spells }) => spells) ? 1 : 10)
