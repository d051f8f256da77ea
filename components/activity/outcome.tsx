import { Badge } from '@/components/ui/badge'

/** How a login went, as icon and word. */
export function Outcome({ accepted }: { accepted: boolean }) {
  return accepted ? <Badge tone="accepted">Accepted</Badge> : <Badge tone="refused">Refused</Badge>
}
