import { Badge } from '@/components/ui/badge'

/** Outcome of a login, as icon and word. */
export function Outcome({ accepted }: { accepted: boolean }) {
  return accepted ? <Badge tone="accepted">Accepted</Badge> : <Badge tone="refused">Refused</Badge>
}
