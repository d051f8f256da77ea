'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { toast } from '@/components/ui/toaster'
import { useChangePassword } from '@/lib/client/session'
import { PasswordChange, passwordLengthMin } from '@/lib/model/person'

/** Changes the signed-in person's password. */
export function ChangePassword({ email }: { email: string }) {
  const change = useChangePassword()
  const form = useForm<z.input<typeof PasswordChange>, unknown, z.output<typeof PasswordChange>>({
    resolver: zodResolver(PasswordChange),
    defaultValues: { currentPassword: '', newPassword: '' },
  })
  const submit = sendForm(form, async (values) => {
    await change.mutateAsync(values)
    form.reset()
    toast.success('Password changed')
  })
  return (
    <Section title="Password" description="Changing it ends your other sessions, but not this one.">
      <ShortForm form={form} onSubmit={submit} className="max-w-sm">
        {/* Password managers need the user name beside the password. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          control={form.control}
          name="currentPassword"
          label={labels.currentPassword}
          autoComplete="current-password"
        />
        <PasswordField
          control={form.control}
          name="newPassword"
          label={labels.newPassword}
          help={`At least ${passwordLengthMin} characters. A sentence is a good password.`}
          autoComplete="new-password"
        />
        <div>
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
            Change password
          </Button>
        </div>
      </ShortForm>
    </Section>
  )
}

const labels = { currentPassword: 'Current password', newPassword: 'New password' }
