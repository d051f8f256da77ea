'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { FormRootError } from '@/components/form/form-root-error'
import { applyServerErrors } from '@/components/form/server-errors'
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
  const submit = form.handleSubmit(async ({ name }) => {
    try {
      await rename.mutateAsync(name)
      toast.success('Name changed')
    } catch (error) {
      applyServerErrors(form, error)
    }
  })
  return (
    <Section title="You">
      <div className="grid gap-4">
        <form onSubmit={submit} noValidate className="grid max-w-sm gap-4">
          <FormRootError form={form} />
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
        </form>
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
