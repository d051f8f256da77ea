'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Shown } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { useRenameSelf } from '@/lib/client/account'
import type { SignedInSession } from '@/lib/client/session'
import { roleHelp } from '@/lib/client/words'
import { AccountPatch } from '@/lib/model/person'

/** Shows the signed-in person; the name can be changed. */
export function You({ session }: { session: SignedInSession }) {
  const rename = useRenameSelf()
  const form = useForm<z.input<typeof AccountPatch>, unknown, z.output<typeof AccountPatch>>({
    resolver: zodResolver(AccountPatch),
    values: { name: session.user.name },
  })
  const { isDirty, isSubmitting } = form.formState
  const submit = sendForm(form, async ({ name }) => {
    await rename.mutateAsync(name)
    toast.success('Name changed')
  })
  return (
    <Section title="You">
      <div className="grid gap-4">
        <ShortForm form={form} onSubmit={submit} className="max-w-sm">
          <TextField
            control={form.control}
            name="name"
            label="Your name"
            help="Shown in the audit with your actions."
            autoComplete="name"
          />
          <div>
            <Button type="submit" busy={isSubmitting} disabled={!isDirty}>
              Save name
            </Button>
          </div>
        </ShortForm>
        <KeyValueList
          className="border-t pt-2"
          items={[
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
            { label: 'Organization', value: <Shown text={session.organization.name} /> },
          ]}
        />
      </div>
    </Section>
  )
}
