import { Badge } from '@/components/ui/badge'
import type { Member } from '@/lib/client/members'

/** Badges of a person's second factors. */
export function FactorBadges({ factors: { code, passkey } }: Pick<Member, 'factors'>) {
  if (!code && !passkey) return <span className="text-muted-foreground">None</span>
  return (
    <span className="inline-flex flex-wrap gap-1">
      {code && <Badge icon={null}>app</Badge>}
      {passkey && <Badge icon={null}>passkey</Badge>}
    </span>
  )
}
