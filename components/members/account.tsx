'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { FormRootError } from '@/components/form/form-root-error'
import { PasswordField } from '@/components/form/password-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { KeyValueList } from '@/components/ui/key-value-list'
import { toast } from '@/components/ui/toaster'
import { useChangePassword, useSession } from '@/lib/client/session'
import { roleHelp } from '@/lib/client/words'
import { PasswordChange, passwordLengthMin } from '@/lib/trust/person'
import { Sessions } from './sessions'

/** Who one is here, and one's own password. */
export function Account() {
  const { data: session } = useSession()
  if (!session) return null
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section title="You">
        <KeyValueList
          items={[
            { label: 'Name', value: session.user.name },
            { label: 'Email', value: session.user.email },
            {
              label: 'Role',
              value: (
                <>
                  <Badge icon={null}>{session.role}</Badge>{' '}
                  <span className="text-muted-foreground">{roleHelp[session.role]}</span>
                </>
              ),
            },
            { label: 'Organization', value: session.organization.name },
          ]}
        />
      </Section>
      <Section title="Password" description="Changing it ends your other sessions; this one goes on.">
        <ChangePassword email={session.user.email} />
      </Section>
      <div className="lg:col-span-2">
        <Sessions />
      </div>
    </div>
  )
}

function ChangePassword({ email }: { email: string }) {
  const change = useChangePassword()
  const form = useForm<z.input<typeof PasswordChange>, unknown, z.output<typeof PasswordChange>>({
    resolver: zodResolver(PasswordChange),
    defaultValues: { currentPassword: '', newPassword: '' },
  })
  const submit = form.handleSubmit(async (values) => {
    try {
      await change.mutateAsync(values)
      form.reset()
      toast.success('Password changed')
    } catch (error) {
      applyServerErrors(form, error)
    }
  })
  return (
    <form onSubmit={submit} noValidate className="grid max-w-sm gap-4">
      <FormRootError form={form} />
      {/* For password managers, which must know whose password this is. */}
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
    </form>
  )
}

const labels = { currentPassword: 'Current password', newPassword: 'New password' }
