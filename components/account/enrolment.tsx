'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { type Account, useBeginEnrolment, useConfirmEnrolment } from '@/lib/client/account'
import { TotpCode } from '@/lib/model/second-factor'
import { noProof, ProofFields, type ProofValues, toProof } from './proof-fields'
import { QrCode } from './qr-code'
import { RecoveryCodes } from './recovery-codes'

type Secret = { secret: string; uri: string }

/** Sets up an authenticator app in three steps: proof of identity (where required), a first code, recovery codes. */
export function Enrolment({ account, onDone }: { account: Account; onDone: () => void }) {
  const [begun, setBegun] = useState<Secret | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (begun) return <FirstCode {...begun} onDone={setCodes} />
  return account.needsProof ? <Confirm account={account} onDone={setBegun} /> : <Begin onDone={setBegun} />
}

/** Starts without a proof, because the sign-in is recent. */
function Begin({ onDone }: { onDone: (secret: Secret) => void }) {
  const { mutate, error, isError } = useBeginEnrolment()
  const begin = useEffectEvent(() => mutate({}, { onSuccess: onDone }))
  const isBegun = useRef(false)
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    begin()
  }, [])
  if (isError)
    return (
      <ErrorState
        title="The setup could not be started"
        error={error}
        onRetry={() => mutate({}, { onSuccess: onDone })}
      />
    )
  return <Skeleton className="h-72" />
}

function Confirm({ account, onDone }: { account: Account; onDone: (secret: Secret) => void }) {
  const begin = useBeginEnrolment()
  const form = useForm<ProofValues>({ defaultValues: noProof })
  const submit = sendForm(form, async (values) => {
    onDone(await begin.mutateAsync(toProof(values)))
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <ProofFields account={account} control={form.control} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
          Continue
        </Button>
      </div>
    </ShortForm>
  )
}

const CodeForm = z.object({ code: TotpCode })

function FirstCode({ secret, uri, onDone }: Secret & { onDone: (codes: readonly string[]) => void }) {
  const confirm = useConfirmEnrolment()
  const form = useForm<z.input<typeof CodeForm>, unknown, z.output<typeof CodeForm>>({
    resolver: zodResolver(CodeForm),
    defaultValues: { code: '' },
  })
  const submit = sendForm(form, async ({ code }) => {
    onDone((await confirm.mutateAsync(code)).recoveryCodes)
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <div className="grid justify-items-center gap-4 sm:grid-cols-[auto_1fr] sm:justify-items-start">
        <QrCode text={uri} label="QR code of the secret, for an authenticator app" />
        <div className="grid min-w-0 content-start gap-3">
          <p>Scan this with an authenticator app, such as Aegis, 1Password or Google Authenticator.</p>
          <div>
            <p className="text-compact text-muted-foreground">Or type this key into it:</p>
            <p className="flex items-start gap-1">
              <code className="min-w-0 break-words text-compact">{grouped(secret)}</code>
              <CopyButton text={secret} label="Copy the key" />
            </p>
          </div>
        </div>
      </div>
      <TextField
        control={form.control}
        name="code"
        label="Code"
        help="The six digits that the app shows now."
        placeholder="123456"
        mono
        autoComplete="one-time-code"
        autoFocus
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
          Turn on
        </Button>
      </div>
    </ShortForm>
  )
}

const grouped = (secret: string) => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
