'use client'

import { X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { shownText } from '@/components/ui/shown'
import { useIdentity } from '@/lib/client/identities'
import { visibleText } from '@/lib/trust/unseen'

/** A filter that a link has set, as a button that takes it away. */
export function FilterChip({ of, name, onRemove }: { of: string; name: string; onRemove: () => void }) {
  return (
    <Button
      data-wide
      onClick={onRemove}
      aria-label={`Stop filtering by ${of.toLowerCase()} ${visibleText(name)}`}
      className="min-w-0 max-w-full max-sm:col-span-2 max-sm:justify-self-start"
    >
      <span className="truncate">
        {shownText(of)}: {shownText(name)}
      </span>
      <X aria-hidden />
    </Button>
  )
}

/** The filter by an identity, by its name. */
export function IdentityChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useIdentity(id)
  return <FilterChip of="Identity" name={data?.name ?? id.slice(0, 8)} onRemove={onRemove} />
}
