import { Badge } from '@/components/ui/badge'

/** Outcome of a login, as icon and word. `isOpen`: accepted by a trust that admits others, too. */
export function Outcome({ accepted, isOpen = false }: { accepted: boolean; isOpen?: boolean }) {
  if (!accepted) return <Badge tone="refused">Refused</Badge>
  return <Badge tone={isOpen ? 'attention' : 'accepted'}>Accepted</Badge>
}
