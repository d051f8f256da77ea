'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PasswordField } from '@/components/form/password-field'
import { SelectField } from '@/components/form/select-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { useAddMember } from '@/lib/client/members'
import { MemberInput, passwordLengthMin } from '@/lib/model/person'
import { roleOptions } from './role-options'

/** Adds a person with a first password. */
export function AddMember({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Add a person"
        description="No mail is sent. Tell them the address of this dashboard and the first password yourself."
      >
        <Fields onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function Fields({ onDone }: { onDone: () => void }) {
  const add = useAddMember()
  const form = useForm<z.input<typeof MemberInput>, unknown, z.output<typeof MemberInput>>({
    resolver: zodResolver(MemberInput),
    defaultValues: { name: '', email: '', password: '', role: 'auditor' },
  })
  const submit = sendForm(form, async (values) => {
    const member = await add.mutateAsync(values)
    toast.success(`${member.name} added`)
    onDone()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField
        control={form.control}
        name="name"
        label={labels.name}
        placeholder="Grace Hopper"
        autoComplete="off"
        autoFocus
      />
      <TextField
        control={form.control}
        name="email"
        label={labels.email}
        placeholder="grace@example.com"
        type="email"
        autoComplete="off"
      />
      <SelectField control={form.control} name="role" label={labels.role} options={roleOptions} />
      <PasswordField
        control={form.control}
        name="password"
        label={labels.password}
        help={`At least ${passwordLengthMin} characters. They can change it under Settings.`}
        autoComplete="new-password"
      />
      <DialogActions submitLabel="Add person" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

const labels = { name: 'Name', email: 'Email address', role: 'Role', password: 'First password' }
