import {
  CircleCheck,
  CircleQuestionMark,
  CircleX,
  Hourglass,
  type LucideIcon,
  Minus,
  Recycle,
  TriangleAlert,
} from 'lucide-react'
import type { BadgeTone } from '@/components/ui/badge'
import { counted } from '@/components/ui/counted'
import type { SubjectMigration } from '@/lib/client/subject-migration'

type State = SubjectMigration['state']

/** A state of the migration, as a chip and a sentence. */
export const stateWords: Readonly<
  Record<State, { tone: BadgeTone; icon: LucideIcon; word: string; sentence: string }>
> = {
  broken: {
    ...{ tone: 'refused', icon: CircleX, word: 'Refused now' },
    sentence: 'Jobs come with the form with ids and are refused.',
  },
  breaks: {
    ...{ tone: 'attention', icon: TriangleAlert, word: 'Breaks on rename' },
    sentence: 'The form with names alone is accepted. GitHub sends the one with ids after a rename or a transfer.',
  },
  retire: {
    ...{ tone: 'accent', icon: Recycle, word: 'Retire' },
    sentence: 'Both forms are accepted; the one with names alone has not come for 30 days.',
  },
  ready: {
    ...{ tone: 'accepted', icon: CircleCheck, word: 'Ready' },
    sentence: 'Both forms are accepted.',
  },
  unbound: {
    ...{ tone: 'neutral', icon: Minus, word: 'Not bound' },
    sentence: 'No rule is on the subject, so its form does not matter.',
  },
  done: {
    ...{ tone: 'accepted', icon: CircleCheck, word: 'Done' },
    sentence: 'The form with ids alone is accepted.',
  },
  dead: {
    ...{ tone: 'attention', icon: Hourglass, word: 'Accepts none' },
    sentence: 'No subject of GitHub Actions is accepted.',
  },
  unknown: {
    ...{ tone: 'attention', icon: CircleQuestionMark, word: 'Not known' },
    sentence: 'It costs too much to say which forms are accepted.',
  },
}

/** Columns of the board, in the order of the way. */
export const boardColumns: readonly { title: string; description: string; states: readonly State[] }[] = [
  {
    ...{ title: 'Breaks on rename', description: 'Accept names alone.' },
    states: ['broken', 'breaks', 'dead', 'unknown'],
  },
  { title: 'Ready', description: 'Accept both forms.', states: ['ready'] },
  { title: 'Retire the old form', description: 'Not used for 30 days.', states: ['retire'] },
  { title: 'Done', description: 'Accept ids, or do not bind the subject.', states: ['done', 'unbound'] },
]

/** "12 logins, 3 refused"; "none". */
export function usedWords({ accepted, refused }: SubjectMigration['uses']['classic']): string {
  if (accepted + refused === 0) return 'none'
  const logins = counted(accepted, 'login')
  return refused > 0 ? `${logins}, ${refused} refused` : logins
}
