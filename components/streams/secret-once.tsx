'use client'

import { Dialog, DialogContent } from '@/components/ui/dialog'
import { ShownOnce } from '@/components/ui/shown-once'

/** Shows the secret of a stream, which no one can read again. */
export function SecretOnce({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="The secret of this stream"
        description="Configure it in the receiver, which verifies each request with it (Standard Webhooks). It is not shown again, but you can create a new one."
      >
        {secret && <ShownOnce secret={secret} label="the secret" doneLabel="I have stored it" />}
      </DialogContent>
    </Dialog>
  )
}
