'use client'

import { calculateJwkThumbprint } from 'jose'
import { X } from 'lucide-react'
import { useId } from 'react'
import { FieldError } from '@/components/form/form-field'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { readJwk } from '@/lib/trust/keys/jwk'
import { factsOf, type HeldKey, withKid } from './key-list'
import { useFingerprint } from './use-fingerprint'

/** One supplied key: description, and its kid, which may be changed. */
export function JwkRow({
  held,
  at,
  problem,
  onChange,
  onRemove,
}: {
  held: HeldKey
  at: number
  problem: string | null
  onChange: (key: HeldKey) => void
  onRemove: () => void
}) {
  const id = useId()
  const facts = factsOf(held)
  const fingerprint = useFingerprint(facts.jwk)
  const reading = readJwk(facts.jwk)

  async function nameByThumbprint() {
    if (reading.ok) onChange(withKid(facts, await calculateJwkThumbprint(reading.key.jwk)))
  }

  return (
    <li className="grid gap-1.5 p-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge icon={null}>{facts.label ?? 'not a key'}</Badge>
        {facts.alg && <Badge icon={null}>{shownText(facts.alg)}</Badge>}
        <span className="min-w-0 flex-1">
          {fingerprint && <MiddleTruncate text={fingerprint} head={11} tail={6} />}
        </span>
        <IconButton label={`Remove key ${facts.kid || at + 1}`} size="sm" data-remove onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="text-compact text-muted-foreground">
          kid
        </label>
        <Input
          id={id}
          mono
          className="h-7"
          aria-label={`kid of key ${at + 1}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          placeholder="none: for tokens that name no known key"
          maxLength={500}
          value={facts.kid}
          onChange={(event) => onChange(withKid(facts, event.target.value))}
        />
        {facts.kid === '' && fingerprint && (
          <Button size="sm" onClick={nameByThumbprint}>
            Use thumbprint
          </Button>
        )}
      </div>
      {problem && <FieldError id={`${id}-problem`}>{shownText(problem)}</FieldError>}
    </li>
  )
}
