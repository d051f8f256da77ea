'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toaster'
import { type Member, useMakeResetLink } from '@/lib/client/members'

/** Creates a link for setting a new password, and shows it once. */
export function PasswordLink({ member }: { member: Member }) {
  const make = useMakeResetLink()
  const [link, setLink] = useState<string | null>(null)
  return (
    <>
      <Button
        size="sm"
        busy={make.isPending}
        aria-label={`Make a password link for ${member.name}`}
        onClick={() =>
          make.mutate(member.id, {
            onSuccess: ({ path }) => setLink(`${window.location.origin}${path}`),
            onError: (error) => toast.error('No link was made', { description: error.message }),
          })
        }
      >
        Password link
      </Button>
      <Dialog open={link !== null} onOpenChange={(open) => !open && setLink(null)}>
        <DialogContent
          title={`A new password for ${member.name}`}
          description="No mail is sent: pass this link on yourself. It works once, within a day, and is not shown again. Earlier links stop working."
        >
          <div className="flex items-start gap-2">
            <code className="min-w-0 break-all rounded-sm bg-muted px-2 py-1 text-compact">{link}</code>
            {link && <CopyButton text={link} label="Copy the link" />}
          </div>
        </DialogContent>
      </Dialog>
    </>
  )
}
