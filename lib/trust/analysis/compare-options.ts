import { definitionOf, type KindPart, type Opening } from '../kinds'
import { compareFlag, compareSets, compareTexts, type Dimension } from './dimension'

/** Compares what only trusts of one kind say of who gets in. Nothing where a kind is not known; another kind is something else. */
export function compareOptions(before: Partial<KindPart>, after: Partial<KindPart>): Dimension[] {
  const [old, now] = [openingsOf(before), openingsOf(after)]
  if (!old || !now) return []
  if (before.kind !== after.kind) return [compareTexts('method', before.kind ?? '', after.kind ?? '')]
  return Object.entries(now).map(([id, opening]) => compareOpening(id, old[id] ?? opening, opening))
}

const openingsOf = ({ kind, options }: Partial<KindPart>) =>
  kind && options ? (definitionOf(kind).opens?.(options) ?? {}) : null

function compareOpening(id: string, before: Opening, after: Opening): Dimension {
  if (typeof before === 'boolean') return compareFlag(id, before, after === true, { value: true })
  if (typeof before === 'string') return compareTexts(id, before, String(after))
  return compareSets(id, before, Array.isArray(after) ? after : [])
}
