import { Badge } from '@/components/ui/badge'
import type { Stream } from '@/lib/client/streams'

const looks = {
  active: { tone: 'accepted', words: 'Active' },
  failing: { tone: 'attention', words: 'Failing' },
  paused: { tone: 'refused', words: 'Paused' },
} as const

export function StreamState({ state }: Pick<Stream, 'state'>) {
  const { tone, words } = looks[state]
  return <Badge tone={tone}>{words}</Badge>
}
