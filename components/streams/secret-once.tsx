'use client'

import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog'

/** Shows the secret of a stream, which no one can read again. */
export function SecretOnce({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="The secret of this stream"
        description="Configure it in the receiver, which verifies each request with it (Standard Webhooks). It is not shown again, but you can create a new one."
      >
        <div className="grid gap-4">
          {secret && <CodeBlock code={secret} label="the secret" wrap />}
          <div className="flex justify-end">
            <DialogClose asChild>
              <Button variant="primary">I have stored it</Button>
            </DialogClose>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  )
}
