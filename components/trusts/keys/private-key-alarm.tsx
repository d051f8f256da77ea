'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'

/** Warning after a secret was put where a public key belongs, or a file could not be used. */
export function PrivateKeyAlarm({
  alarm,
  onClose,
}: {
  alarm: { isPrivate: boolean; isSecret?: boolean; message: string } | null
  onClose: () => void
}) {
  if (!alarm) return null
  return (
    <Callout
      tone="danger"
      title={titleOf(alarm)}
      actions={
        <Button size="sm" onClick={onClose}>
          Understood
        </Button>
      }
    >
      {shownText(alarm.message)}
    </Callout>
  )
}

function titleOf({ isPrivate, isSecret }: { isPrivate: boolean; isSecret?: boolean }): string {
  if (isPrivate) return 'That was a private key. It was wiped from the page and not sent.'
  return isSecret ? 'That was a shared secret. It was wiped from the page and not sent.' : 'Not taken'
}
