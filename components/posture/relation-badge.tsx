import {
  ArrowLeftRight,
  CircleQuestionMark,
  Equal,
  FoldHorizontal,
  type LucideIcon,
  UnfoldHorizontal,
} from 'lucide-react'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { DimensionAnswer } from '@/lib/model/posture'

export type Relation = DimensionAnswer['relation']

const looks: Record<Relation, { tone: BadgeTone; icon: LucideIcon; word: string }> = {
  wider: { tone: 'attention', icon: UnfoldHorizontal, word: 'Wider' },
  narrower: { tone: 'neutral', icon: FoldHorizontal, word: 'Narrower' },
  different: { tone: 'accent', icon: ArrowLeftRight, word: 'Different' },
  unknown: { tone: 'attention', icon: CircleQuestionMark, word: 'Not known' },
  equal: { tone: 'skipped', icon: Equal, word: 'The same' },
}

/** What a change does to what is accepted, as icon and word. */
export function RelationBadge({ relation }: { relation: Relation }) {
  const { tone, icon, word } = looks[relation]
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}

/** The same in a sentence. */
export const relationSentences: Readonly<Record<Relation, string>> = {
  wider: 'It accepts more than before.',
  narrower: 'It accepts less than before.',
  different: 'It accepts some things it refused before, and refuses some it accepted.',
  unknown: 'What it accepts now is too costly to determine.',
  equal: 'It accepts the same as before.',
}
