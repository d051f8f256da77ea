import type { ComparisonAnswer, DimensionAnswer } from '@/lib/model/posture'
import { jsonText } from '@/lib/trust/json/json-text'
import { findingText } from './analysis-text'
import { line } from './line'

/** What a change does, in lines for people. Fields that stay as they are are left out. */
export function comparisonText({ relation, dimensions, raised, removed }: ComparisonAnswer): string[] {
  const changed = dimensions.filter((dimension) => dimension.relation !== 'equal')
  return [
    relation,
    ...changed.flatMap(dimensionText).map(line),
    ...(raised.length > 0 ? ['Findings that are new:', ...raised.flatMap(findingText)] : []),
    ...(removed.length > 0 ? ['Findings that are gone:', ...removed.flatMap(findingText)] : []),
  ]
}

function dimensionText({ id, relation, accepted, refused }: DimensionAnswer): string[] {
  return [
    `  ${id}: ${relation}`,
    ...(accepted ? [`    now accepted: ${exampleText(accepted)}`] : []),
    ...(refused ? [`    now refused: ${exampleText(refused)}`] : []),
  ]
}

const exampleText = (example: NonNullable<DimensionAnswer['accepted']>) =>
  'value' in example ? jsonText(example.value) : 'nothing there'
