'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { applyServerErrors } from '@/components/form/server-errors'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useCompleteSecondStep } from '@/lib/client/session'
import { FactorCode } from '@/lib/model/second-factor'
import { PasskeyButton } from './passkey-button'
import { signInProblem } from './sign-in-problem'

const CodeForm = z.strictObject({ code: FactorCode })

/** Second step of a sign-in: a code or a passkey. */
export function SecondStep({
  code,
  passkey,
  onSignedIn,
  onRestart,
}: {
  code: boolean
  passkey: boolean
  onSignedIn: () => void
  onRestart: () => void
}) {
  return (
    <div className="grid gap-4">
      {code && <CodeStep onSignedIn={onSignedIn} />}
      {passkey && <PasskeyButton onSignedIn={onSignedIn} variant={code ? 'secondary' : 'primary'} />}
      <p className="text-compact text-muted-foreground">
        {code
          ? 'Lost your app and recovery codes? An admin of this installation can reset your second factor under Settings.'
          : 'Your organization requires a second factor, and yours is a passkey. If it is lost, an admin can reset it under Settings.'}
      </p>
      <Button variant="link" className="justify-self-start" onClick={onRestart}>
        Begin again
      </Button>
    </div>
  )
}

function CodeStep({ onSignedIn }: { onSignedIn: () => void }) {
  const complete = useCompleteSecondStep()
  const form = useForm<z.input<typeof CodeForm>, unknown, z.output<typeof CodeForm>>({
    resolver: zodResolver(CodeForm),
    defaultValues: { code: '' },
  })
  const submit = form.handleSubmit(async (values) => {
    try {
      await complete.mutateAsync(values.code)
      onSignedIn()
    } catch (error) {
      form.resetField('code')
      applyServerErrors(form, error)
      form.setFocus('code')
    }
  })
  const problem = complete.error && signInProblem(complete.error)
  return (
    <form
      onSubmit={(event) => {
        event.stopPropagation()
        return submit(event)
      }}
      noValidate
      className="grid gap-4"
    >
      {problem && (
        <Callout tone="danger" title={problem.title}>
          {shownText(problem.advice)}
        </Callout>
      )}
      <TextField
        control={form.control}
        name="code"
        label="Code"
        help="Six digits of your authenticator app, or a recovery code."
        placeholder="123456"
        mono
        autoComplete="one-time-code"
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
        Sign in
      </Button>
    </form>
  )
}
