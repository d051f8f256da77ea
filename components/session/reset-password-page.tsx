'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useResetPassword } from '@/lib/client/session'
import { Password, passwordLengthMin } from '@/lib/model/person'
import { PublicPageFrame } from './public-page-frame'

const Values = z.object({ newPassword: Password })

/** Sets a new password by an admin's link. The link's secret is behind `#`, so no server logs it. */
export function ResetPasswordPage() {
  const reset = useResetPassword()
  const [isDone, setDone] = useState(false)
  const form = useForm({ resolver: zodResolver(Values), defaultValues: { newPassword: '' } })
  const submit = sendForm(form, async ({ newPassword }) => {
    await reset.mutateAsync({ token: window.location.hash.slice(1), newPassword })
    setDone(true)
  })
  return (
    <PublicPageFrame
      title="Set a new password"
      description="The link works once. Setting the password ends all your sessions."
    >
      {isDone ? (
        <div className="grid gap-4">
          <Callout tone="info" title="The password is set">
            Sign in with it.
          </Callout>
          <Button asChild variant="primary" size="lg">
            <a href="/sign-in">Sign in</a>
          </Button>
        </div>
      ) : (
        <ShortForm form={form} onSubmit={submit}>
          <PasswordField
            control={form.control}
            name="newPassword"
            label="New password"
            help={`At least ${passwordLengthMin} characters. A sentence is a good password.`}
            autoComplete="new-password"
          />
          <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
            Set password
          </Button>
        </ShortForm>
      )}
    </PublicPageFrame>
  )
}
