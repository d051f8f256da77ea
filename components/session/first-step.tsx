'use client'

import { useEffect } from 'react'
import { type Resolver, useForm } from 'react-hook-form'
import { PasswordField } from '@/components/form/password-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useSignIn } from '@/lib/client/session'
import { signInProblem } from './sign-in-problem'

type SignIn = { email: string; password: string }

const loadChecks = () => import('./sign-in-checks').catch(() => null)

/** The page is shown before its checks are loaded. Where they cannot be loaded, the server says what is wrong. */
const resolver: Resolver<SignIn> = async (values, context, options) => {
  const checks = await loadChecks()
  return checks ? checks.resolver(values, context, options) : { values, errors: {} }
}

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
  const form = useForm<SignIn>({ resolver, defaultValues: { email, password: '' } })
  useEffect(() => void loadChecks(), [])

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
