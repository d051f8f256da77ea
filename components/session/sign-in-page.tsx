'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useSecondStep, useSignIn } from '@/lib/client/session'
import { ownPath } from '@/lib/model/own-path'
import { SignInInput } from '@/lib/model/person'
import { OtherWays } from './other-ways'
import { PublicPageFrame } from './public-page-frame'
import { PublicPageLoading } from './public-page-loading'
import { SecondStep } from './second-step'
import { signInProblem } from './sign-in-problem'
import { usePublicPage } from './use-public-page'

type Step = { code: boolean; passkey: boolean; next: string }

/** Starts a session in one step or two, then goes to the requested page. */
export function SignInPage() {
  const parameters = useSearchParams()
  const inside = ownPath(parameters.get('next'))
  const page = usePublicPage('sign-in', inside)
  // A provider redirects here when the organization requires a second step.
  const fromProvider = useSecondStep({ enabled: parameters.get('step') === 'second' })
  const [begun, setBegun] = useState<Step | 'restarted' | null>(null)
  const step = begun === 'restarted' ? null : (begun ?? fromProvider.data ?? null)
  return (
    <PublicPageFrame
      title={step ? 'One more step' : 'Sign in'}
      description={step ? 'Prove that it is you.' : 'To the dashboard of this installation.'}
    >
      <PublicPageLoading page={page} lines={2}>
        {step ? (
          <SecondStep {...step} onRestart={() => setBegun('restarted')} />
        ) : (
          <>
            <FirstStep inside={inside} onSecondStep={setBegun} />
            <OtherWays next={inside} />
          </>
        )}
      </PublicPageLoading>
    </PublicPageFrame>
  )
}

function FirstStep({ inside, onSecondStep }: { inside: string; onSecondStep: (step: Step) => void }) {
  const signIn = useSignIn()
  const form = useForm<z.input<typeof SignInInput>, unknown, z.output<typeof SignInInput>>({
    resolver: zodResolver(SignInInput),
    defaultValues: { email: '', password: '' },
  })

  const submit = form.handleSubmit(async (values) => {
    try {
      const { secondStep } = await signIn.mutateAsync(values)
      if (secondStep) onSecondStep({ ...secondStep, next: inside })
      else window.location.replace(inside)
    } catch (error) {
      applyServerErrors(form, error)
    }
  })

  const problem = signIn.error && signInProblem(signIn.error)
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
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
        autoFocus
      />
      <PasswordField control={form.control} name="password" label="Password" autoComplete="current-password" />
      <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
        Sign in
      </Button>
      <p className="text-compact text-muted-foreground">
        No account, or the password is lost? An admin can add you, or make a link for a new password, under Settings.
      </p>
    </form>
  )
}
