'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useSignIn } from '@/lib/client/session'
import { SignInInput } from '@/lib/model/person'
import { signInProblem } from './sign-in-problem'

/** Email address and password. */
export function FirstStep({
  email = '',
  onSignedIn,
  onSecondStep,
}: {
  email?: string
  onSignedIn: () => void
  onSecondStep: (step: { code: boolean; passkey: boolean }) => void
}) {
  const signIn = useSignIn()
  const form = useForm<z.input<typeof SignInInput>, unknown, z.output<typeof SignInInput>>({
    resolver: zodResolver(SignInInput),
    defaultValues: { email, password: '' },
  })

  const submit = form.handleSubmit(async (values) => {
    try {
      const { secondStep } = await signIn.mutateAsync(values)
      if (secondStep) onSecondStep(secondStep)
      else onSignedIn()
    } catch (error) {
      applyServerErrors(form, error)
    }
  })

  const problem = signIn.error && signInProblem(signIn.error)
  return (
    <form
      onSubmit={(event) => {
        // React bubbles events of a dialog through the form that opened it, which must not submit.
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
        name="email"
        label="Email address"
        placeholder="ada@example.com"
        type="email"
        autoComplete="username"
        autoFocus={email === ''}
      />
      <PasswordField
        control={form.control}
        name="password"
        label="Password"
        autoComplete="current-password"
        autoFocus={email !== ''}
      />
      <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
        Sign in
      </Button>
      {email === '' && (
        <p className="text-compact text-muted-foreground">
          No account, or lost your password? An admin can add you, or create a link for a new password, under Settings.
        </p>
      )}
    </form>
  )
}
