import { UnreadableCallout } from '@/components/ui/unreadable-callout'
import type { StoredTrust } from '@/lib/client/trusts'

/** Names the parts of a stored trust that cannot be read, with advice. */
export function UnreadableNotice({ trust }: { trust: StoredTrust | null }) {
  const parts = trust?.unreadable?.map((column) => words[column] ?? column)
  return (
    <UnreadableCallout what="this trust" parts={parts}>
      , so every token is refused. Fill those fields in again and save, or remove the trust. What the fields show in
      their place was not set by its owner.
    </UnreadableCallout>
  )
}

const words: Record<string, string> = {
  keyUse: 'choice of keys',
  rules: 'audiences, subject and claims',
  grant: 'token settings',
}
