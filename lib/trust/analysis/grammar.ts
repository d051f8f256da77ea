import { plainAddress, segmentsOf } from '../claims'
import { claimAt, claimOf } from '../presets/claim-of'
import type { Claim, Preset } from '../presets/preset'
import { factNamesOf, pattern } from '../presets/template'
import { expressionMachine, machineOf } from './expression-machine'
import type { Machine } from './machine'

/** The texts that an issuer sends at a claim address. */
export type ClaimGrammar =
  | {
      isSent: true
      /** Sets of which the texts are in all; none = nothing is known of the texts. */
      texts: readonly Machine[]
      /** JSON type; an object says no texts. */
      type: Claim['type']
      /** Whether some tokens do not have it. */
      isOptional: boolean
      /** The same without the subjects that an administrator composed; null = no difference. */
      usual: readonly Machine[] | null
    }
  /** Not one of the claims that the issuer is known to send. */
  | { isSent: false }

/** Returns the grammar of the claim at an address; null when its patterns cannot be read. */
export function grammarOf(preset: Preset, address: string): ClaimGrammar | null {
  const path = plainAddress(address)
  if (path === 'iss') return text(preset.issuers.map(({ template }) => pattern(template, preset.facts)))
  if (path === 'sub') return subjectGrammar(preset)
  if (path === 'exp' || path === 'nbf' || path === 'iat') return { ...anything('number'), texts: [canonicalNumber] }
  const { audience } = preset
  if (path === audience.claim) {
    const isFixed = !audience.isChosen && audience.usual !== undefined && !isConfigurable(preset)
    const type = audience.isList ? 'list' : 'text'
    return isFixed ? text([pattern(audience.usual ?? '', preset.facts)], { type }) : anything(type)
  }
  const claim = claimOf(preset, path)
  if (claim) return claimGrammar(preset, claim)
  return isElement(preset, path) ? anything('text') : { isSent: false }
}

/** Whether administrators decide which claims and audiences the issuer's tokens have. */
export const isConfigurable = ({ family }: Preset): boolean => family === 'directory' || family === 'generic'

function claimGrammar(preset: Preset, claim: Claim): ClaimGrammar | null {
  const { from, example, values, type } = claim
  const isFactAbsent = from !== undefined && factNamesOf(from).some((name) => preset.facts[name]?.usuallyAbsent)
  const isOptional = claim.isOptional || (example === undefined && (from === undefined || isFactAbsent))
  if (type === 'object' || claim.isPrefix) return anything(type)
  if (values) return text(values.map(literal), { type, isOptional })
  const sources =
    from === undefined ? [] : [pattern(from, preset.facts), ...(example === undefined ? [] : [literal(example)])]
  if (type === 'boolean') return text(['true|false'], { type, isOptional })
  const known = sources.length > 0 ? text(sources, { type, isOptional }) : { ...anything(type), isOptional }
  return type === 'number' && known?.isSent ? { ...known, texts: [...known.texts, canonicalNumber] } : known
}

/** Formats of the preset, and what an administrator can compose of parts: each any number of times, in any order. */
function subjectGrammar(preset: Preset): ClaimGrammar | null {
  const { subjects, subjectParts, facts } = preset
  if (subjects.length === 0) return anything('text')
  const patternOf = (format: Preset['subjects'][number]) => pattern(format.template, facts, format.escape)
  const part = `(?:${subjectParts.map((template) => pattern(template, facts, subjects[0]?.escape)).join('|')})`
  const composed = subjectParts.length > 0 ? [`${part}(?::${part})*`] : []
  const isComposed = composed.length > 0 || subjects.some(({ isCustom }) => isCustom)
  const all = text([...subjects.map(patternOf), ...composed], { isOptional: true })
  const usual = text(subjects.filter(({ isCustom }) => !isCustom).map(patternOf))
  return all?.isSent && usual?.isSent ? { ...all, usual: isComposed ? usual.texts : null } : null
}

type Known = Extract<ClaimGrammar, { isSent: true }>

function text(sources: readonly string[], known: Partial<Known> = {}): ClaimGrammar | null {
  const texts = expressionMachine(sources.map((source) => `(?:${source})`).join('|'))
  return texts && { isSent: true, texts: [texts], type: 'text', isOptional: false, usual: null, ...known }
}

const anything = (type: Claim['type']): Known => ({ isSent: true, texts: [], type, isOptional: true, usual: null })

/** As `stringsOf` writes numbers. */
const canonicalNumber = machineOf('-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*[1-9])?')

const literal = (value: string) => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Whether an address leads into a list that the preset knows. */
function isElement(preset: Preset, path: string): boolean {
  const segments = segmentsOf(path) ?? []
  return segments.some((_, length) => length > 0 && claimAt(preset, segments.slice(0, length))?.type === 'list')
}
