import { Callout } from '@/components/ui/callout'
import type { StoredTrust } from '@/lib/client/trusts'

/** Says of a stored trust which part of it cannot be read, and what to do. */
export function UnreadableNotice({ trust }: { trust: StoredTrust | null }) {
  if (!trust?.unreadable) return null
  return (
    <Callout tone="danger" title="A part of this trust cannot be read">
      What is stored as {trust.unreadable.map((column) => words[column] ?? column).join(', ')} is damaged, so every
      token is refused. Fill those fields in again and save, or remove the trust. What the fields show in their place
      was not set by its owner.
    </Callout>
  )
}

const words: Record<string, string> = {
  keyUse: 'choice of keys',
  rules: 'audiences, subject and claims',
  grant: 'token settings',
  foreign: 'options',
}
