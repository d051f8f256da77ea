import type { AnalysisAnswer, FindingAnswer } from '@/lib/model/posture'
import type { FiledTrust } from '../trust-files/read-trusts'
import { line } from './line'

export type Analysed = Pick<FiledTrust, 'file' | 'place'> & { name: string; analysis: AnalysisAnswer }

/** What is found in a trust, in lines for people. */
export function lintText({ file, place, name, analysis }: Analysed): string[] {
  const { preset, score, findings, dead } = analysis
  const at = place.length > 0 ? ` (${place.join('.')})` : ''
  const known = preset ? `${preset.title}${preset.verified ? '' : ' (not verified)'}` : 'an unknown issuer'
  return [
    `${file}${at}: ${name}, of ${known}: score ${score} of 100`,
    ...findings.flatMap(findingText),
    ...dead.map(({ path, message, suggestion }) => {
      const meant = suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`
      return `  dead ${path.join('.')}: ${message}${meant}`
    }),
  ].map(line)
}

/** The whole analysis, in lines for people. */
export function analysisText(analysed: Analysed): string[] {
  const { strangers, unknown } = analysed.analysis
  const admitted = strangers.filter((stranger) => stranger.admitted)
  return [
    ...lintText(analysed),
    ...[
      ...(strangers.length > 0 ? [`  strangers: ${admitted.length} of ${strangers.length} get in`] : []),
      ...admitted.map(({ title, smallestFix }) => `    ${title}${smallestFix ? `. ${smallestFix.label}` : ''}`),
      ...unknown.map((what) => `  not known: ${what}`),
    ].map(line),
  ]
}

export function findingText({ severity, id, title, path, message, witness, fix }: FindingAnswer): string[] {
  return [
    `  ${severity} ${id}: ${title}`,
    `    ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
    ...(witness === undefined ? [] : [`    For example: ${witness}`]),
    ...(fix ? [`    Fix: ${fix.label}`] : []),
  ].map(line)
}
