'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { onDemand } from '@/components/ui/on-demand'
import { toast } from '@/components/ui/toaster'
import {
  type Stream,
  usePauseStream,
  useRemoveStream,
  useRenewStreamSecret,
  useResumeStream,
  useTestStream,
} from '@/lib/client/streams'
import { SecretOnce } from './secret-once'

// Its form is loaded when it is opened.
const EditStream = onDemand(() => import('./stream-dialog').then((module) => module.EditStream))

/** What an admin does with a stream. */
export function StreamActs({ stream }: { stream: Stream }) {
  const [open, setOpen] = useState<'edit' | 'secret' | 'remove' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const router = useRouter()
  const remove = useRemoveStream()
  const renew = useRenewStreamSecret(stream.id)
  const pause = usePauseStream(stream.id)
  const show = (which: typeof open) => (isOpen: boolean) => setOpen(isOpen ? which : null)
  return (
    <>
      <SendTest stream={stream} />
      {stream.state !== 'paused' && (
        <Button
          busy={pause.isPending}
          onClick={() =>
            pause.mutate(undefined, {
              onError: (error) => toast.error('The stream was not paused', { description: error.message }),
            })
          }
        >
          Pause
        </Button>
      )}
      <Button onClick={() => setOpen('edit')}>Edit</Button>
      <Button onClick={() => setOpen('secret')}>New secret</Button>
      <Button onClick={() => setOpen('remove')}>Remove</Button>
      {open === 'edit' && <EditStream key={stream.version} stream={stream} open onOpenChange={show('edit')} />}
      <ConfirmDialog
        open={open === 'secret'}
        onOpenChange={show('secret')}
        title="Make a new secret?"
        confirmLabel="Make a secret"
        tone="primary"
        onConfirm={async () => setSecret((await renew.mutateAsync()).secret)}
      >
        Requests are signed with both secrets for 24 hours, then with the new one alone.
      </ConfirmDialog>
      <SecretOnce secret={secret} onClose={() => setSecret(null)} />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={show('remove')}
        title={`Remove ${stream.name}?`}
        confirmLabel="Remove stream"
        onConfirm={async () => {
          await remove.mutateAsync(stream.id)
          toast.success('Stream removed')
          router.push('/streams')
        }}
      >
        Nothing more is sent to this receiver, and pending events are never sent.
      </ConfirmDialog>
    </>
  )
}

function SendTest({ stream }: { stream: Stream }) {
  const test = useTestStream(stream.id)
  return (
    <Button
      // The primary act of a stream that is not sending is to go on.
      variant={stream.state === 'active' ? 'primary' : 'secondary'}
      busy={test.isPending}
      onClick={() =>
        test.mutate(undefined, {
          onSuccess: ({ ok, message, latencyMs }) =>
            ok
              ? toast.success('The receiver took the test event', { description: `${latencyMs} ms` })
              : toast.error('The receiver did not take the test event', { description: message }),
          onError: (error) => toast.error('No test event was sent', { description: error.message }),
        })
      }
    >
      Send a test event
    </Button>
  )
}

/** Goes on where the stream was, or with what happens from now on. */
export function ResumeStream({ stream }: { stream: Stream }) {
  const [asking, setAsking] = useState(false)
  const resume = useResumeStream(stream.id)
  const onError = (error: Error) => toast.error('The stream was not resumed', { description: error.message })
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate('where-it-was', { onError })}>
        {stream.state === 'paused' ? 'Resume where it was' : 'Try again now'}
      </Button>
      {stream.behind > 0 && <Button onClick={() => setAsking(true)}>Resume from now on</Button>}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Leave out what waits?"
        confirmLabel="Leave it out"
        onConfirm={() => resume.mutateAsync('now')}
      >
        {stream.behind.toLocaleString('en')} entries of the log are not sent to this receiver, now or later. The audit
        says which.
      </ConfirmDialog>
    </div>
  )
}
