import type { AnalysisAnswer } from '@/lib/model/posture'
import { admittedOf, strangerWords } from './posture-words'

/** Why an accepted token does not show that a trust is tight. */
export type Caution = { title: string; detail: string }

/**
 * Returns what to say beside an accepted token when the trust has a finding for which it would not be enabled, or lets strangers
 * in; null where there is neither.
 */
export function cautionOf({ findings, strangers }: Pick<AnalysisAnswer, 'findings' | 'strangers'>): Caution | null {
  const blocking = findings.find(({ blocks, mute }) => blocks && !mute)
  const counts = admittedOf(strangers)
  if (!blocking && counts.admitted === 0) return null
  const words = counts.admitted > 0 ? strangerWords(counts)?.replace(/ gets? in$/, '') : 'others'
  return { title: `Accepted, and so would be ${words}`, detail: blocking ? blocking.message : titlesOf(strangers) }
}

/** Titles that are written out. */
const titlesMax = 3

function titlesOf(strangers: AnalysisAnswer['strangers']): string {
  const titles = strangers.flatMap(({ admitted, title }) => (admitted ? [title] : []))
  const more = titles.length - titlesMax
  return `${titles.slice(0, titlesMax).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}
