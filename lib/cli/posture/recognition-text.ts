import type { RecognitionAnswer } from '@/lib/model/posture'
import { line } from './line'

/** What is known of a token, in lines for people. */
export function recognitionText({ preset, issuer, format, classes, unknown, looksLike }: RecognitionAnswer): string[] {
  return [
    preset ? `${preset.title}${preset.verified ? '' : ' (not verified)'}: ${issuer?.title ?? ''}` : 'Unknown issuer',
    ...(looksLike ? [`  uses the claim names of ${looksLike.preset.title}, and is not that issuer`] : []),
    ...(format ? [`  sub: ${format.title}`] : []),
    ...classes.map(
      ({ path, class: kind, meaning, fault }) => `  ${path}: ${kind}. ${meaning}${fault ? ` ${fault}` : ''}`,
    ),
    ...(unknown.length > 0 ? [`  nothing is known of: ${unknown.join(', ')}`] : []),
  ].map(line)
}
