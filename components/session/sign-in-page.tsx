'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useSearchParams } from 'next/navigation'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useSignIn } from '@/lib/client/session'
import { ownPath } from '@/lib/trust/own-path'
import { SignInInput } from '@/lib/trust/person'
import { DoorFrame } from './door-frame'
import { DoorWait } from './door-wait'
import { ProviderLinks } from './provider-links'
import { signInProblem } from './sign-in-problem'
import { useDoor } from './use-door'

/** Starts a session, then goes to where the reader wanted to be. */
export function SignInPage() {
  const inside = ownPath(useSearchParams().get('next'))
  const door = useDoor('sign-in', inside)
  const signIn = useSignIn()
  const form = useForm<z.input<typeof SignInInput>, unknown, z.output<typeof SignInInput>>({
    resolver: zodResolver(SignInInput),
    defaultValues: { email: '', password: '' },
  })

  const submit = form.handleSubmit(async (values) => {
    try {
      await signIn.mutateAsync(values)
      window.location.replace(inside)
    } catch (error) {
      applyServerErrors(form, error)
    }
  })

  const problem = signIn.error && signInProblem(signIn.error)
  return (
    <DoorFrame title="Sign in" description="To the dashboard of this installation.">
      <DoorWait door={door} lines={2}>
        <form onSubmit={submit} noValidate className="grid gap-4">
          {problem && (
            <Callout tone="danger" title={problem.title}>
              {problem.advice}
            </Callout>
          )}
          <TextField
            control={form.control}
            name="email"
            label="Email address"
            placeholder="ada@example.com"
            type="email"
            autoComplete="username"
            autoFocus
          />
          <PasswordField control={form.control} name="password" label="Password" autoComplete="current-password" />
          <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
            Sign in
          </Button>
          <p className="text-compact text-muted-foreground">
            No account, or the password is lost? An admin of this installation can add you under Settings.
          </p>
        </form>
        <ProviderLinks next={inside} />
      </DoorWait>
    </DoorFrame>
  )
}
