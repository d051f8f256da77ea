'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

/** Said when somebody put a private key where a public one belongs, or a file could not be taken. */
export function PrivateKeyAlarm({
  alarm,
  onClose,
}: {
  alarm: { isPrivate: boolean; message: string } | null
  onClose: () => void
}) {
  if (!alarm) return null
  return (
    <Callout
      tone="danger"
      title={alarm.isPrivate ? 'That was a private key. It was wiped from the page and sent nowhere.' : 'Not taken'}
      actions={
        <Button size="sm" onClick={onClose}>
          Understood
        </Button>
      }
    >
      {alarm.message}
    </Callout>
  )
}
