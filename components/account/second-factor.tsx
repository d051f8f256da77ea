'use client'

import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { KeyValueList } from '@/components/ui/key-value-list'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type Account, useRefreshAccount, useRemoveSecondFactor, useRenewRecoveryCodes } from '@/lib/client/account'
import { Enrolment } from './enrolment'
import { ProofDialog } from './proof-dialog'
import { RecoveryCodes } from './recovery-codes'

/** Codes of an authenticator app: set up, renew, remove. */
export function SecondFactor({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false)
  const refresh = useRefreshAccount()
  // Refreshed when the recovery codes were read, because the dialog belongs to the previous state.
  const close = () => {
    setOpen(false)
    refresh()
  }
  return (
    <Section
      title="Authenticator app"
      description="A code from an app, requested after your password."
      actions={
        <Badge tone={account.secondFactor ? 'accepted' : 'skipped'}>{account.secondFactor ? 'on' : 'off'}</Badge>
      }
    >
      {account.secondFactor ? (
        <Codes account={account} {...account.secondFactor} />
      ) : (
        <div className="grid justify-items-start gap-3">
          <p className="text-muted-foreground">
            {account.isSecondFactorRequired
              ? 'Your organization requires a second factor: this, or a passkey.'
              : 'With a second factor, a stolen password is not enough to sign in as you.'}
          </p>
          <Button variant="primary" onClick={() => setOpen(true)}>
            Set up
          </Button>
        </div>
      )}
      <Dialog open={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
        <DialogContent title="Set up an authenticator app">
          <Enrolment
            account={account}
            onDone={() => {
              close()
              toast.success('Sign-ins ask for a code from now on')
            }}
          />
        </DialogContent>
      </Dialog>
    </Section>
  )
}

function Codes({
  account,
  confirmedAt,
  recoveryCodesLeft,
}: {
  account: Account
  confirmedAt: string
  recoveryCodesLeft: number
}) {
  const [asked, setAsked] = useState<'renew' | 'remove' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const renew = useRenewRecoveryCodes()
  const remove = useRemoveSecondFactor()
  const dialog = { account, always: true, onOpenChange: (open: boolean) => !open && setAsked(null) }
  return (
    <div className="grid gap-3">
      <KeyValueList
        items={[
          { label: 'Set up', value: <TimeAgo at={confirmedAt} /> },
          { label: 'Recovery codes', value: `${recoveryCodesLeft} left` },
        ]}
      />
      {recoveryCodesLeft <= 2 && (
        <Callout tone="attention" title="Few recovery codes are left">
          Generate new ones, so that you can sign in if you lose your app.
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setAsked('renew')}>New recovery codes</Button>
        <Button onClick={() => setAsked('remove')}>Remove</Button>
      </div>
      <ProofDialog
        {...dialog}
        open={asked === 'renew'}
        title="Make new recovery codes?"
        description="Your current codes stop working."
        confirmLabel="Make new codes"
        onConfirm={async (proof) => setCodes((await renew.mutateAsync(proof)).recoveryCodes)}
      />
      <ProofDialog
        {...dialog}
        open={asked === 'remove'}
        title="Remove the authenticator app?"
        description="From then on, your password alone signs you in. Your recovery codes are removed as well."
        confirmLabel="Remove"
        tone="danger"
        onConfirm={async (proof) => {
          await remove.mutateAsync(proof)
          toast.success('Sign-ins ask for no code any more')
        }}
      />
      <Dialog open={codes !== null} onOpenChange={(open) => !open && setCodes(null)}>
        <DialogContent title="New recovery codes">
          {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
        </DialogContent>
      </Dialog>
    </div>
  )
}
