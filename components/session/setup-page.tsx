'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { useSetUp } from '@/lib/client/session'
import { Name } from '@/lib/model/identity'
import { passwordLengthMin, SetupInput } from '@/lib/model/person'
import { PublicPageFrame } from './public-page-frame'
import { PublicPageLoading } from './public-page-loading'
import { usePublicPage } from './use-public-page'

const SetupForm = SetupInput.extend({ name: Name })

/** First run: creates the organization and its first admin, who is then signed in. */
export function SetupPage() {
  const page = usePublicPage('setup', '/')
  const setUp = useSetUp()
  const form = useForm<z.input<typeof SetupForm>, unknown, z.output<typeof SetupForm>>({
    resolver: zodResolver(SetupForm),
    defaultValues: { organization: '', name: '', email: '', password: '' },
  })

  const submit = sendForm(form, async (values) => {
    await setUp.mutateAsync(values)
    window.location.replace('/')
  })

  return (
    <PublicPageFrame
      title="Set up Keybound"
      description="This installation is empty. Create the organization and its first admin; this works once."
    >
      <PublicPageLoading page={page} lines={4}>
        <ShortForm form={form} onSubmit={submit}>
          <TextField
            control={form.control}
            name="organization"
            label={labels.organization}
            help="The owner of the machines and trusts. You can choose any name."
            placeholder="Acme Platform"
            autoComplete="organization"
            autoFocus
          />
          <TextField
            control={form.control}
            name="name"
            label={labels.name}
            help="Shown in the audit with your actions."
            placeholder="Ada Lovelace"
            autoComplete="name"
          />
          <TextField
            control={form.control}
            name="email"
            label={labels.email}
            help="You sign in with it. No mail is sent to it."
            placeholder="ada@example.com"
            type="email"
            autoComplete="username"
          />
          <PasswordField
            control={form.control}
            name="password"
            label={labels.password}
            help={`At least ${passwordLengthMin} characters. A sentence is a good password.`}
            autoComplete="new-password"
          />
          <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
            Create admin and sign in
          </Button>
        </ShortForm>
      </PublicPageLoading>
    </PublicPageFrame>
  )
}

const labels = { organization: 'Organization', name: 'Your name', email: 'Email address', password: 'Password' }
