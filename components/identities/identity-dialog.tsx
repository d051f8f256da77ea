'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { TriangleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { KeyValueRows } from '@/components/form/key-value-rows'
import { RowsField } from '@/components/form/rows-field'
import { SelectField } from '@/components/form/select-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { SwitchField } from '@/components/form/switch-field'
import { TakeOverQuestion } from '@/components/form/take-over-question'
import { TextField } from '@/components/form/text-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { ApiError } from '@/lib/client/api-error'
import { type Identity, useCreateIdentity, useIdentities, useUpdateIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { roleHelp } from '@/lib/client/words'
import { CanaryPlace, Name } from '@/lib/model/identity'
import { canAccess, roleIncludes, roles } from '@/lib/trust/role'

const IdentityForm = z.object({
  name: Name,
  role: z.enum(roles),
  hasDeleteProtection: z.boolean(),
  isCanary: z.boolean(),
  canaryPlace: CanaryPlace,
  metadata: KeyValueRows,
})
type IdentityForm = z.output<typeof IdentityForm>

type Frame = { open: boolean; onOpenChange: (open: boolean) => void }

/** Creates an identity and opens it, or changes an existing one. */
export function IdentityDialog({ identity, open, onOpenChange }: Frame & { identity?: Identity }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={identity ? `Edit ${identity.name}` : 'Create identity'}
        description={identity ? undefined : 'A machine that logs in. How it logs in is the next step.'}
      >
        {identity ? <EditForm identity={identity} onDone={() => onOpenChange(false)} /> : <CreateForm />}
      </DialogContent>
    </Dialog>
  )
}

function CreateForm() {
  const router = useRouter()
  const url = useUrlParameters()
  const create = useCreateIdentity()
  return (
    <Fields
      values={{
        name: '',
        role: 'no-access',
        hasDeleteProtection: false,
        isCanary: false,
        canaryPlace: '',
        metadata: [],
      }}
      submitLabel="Create identity"
      onSave={async (values) => {
        const identity = await create.mutateAsync(values)
        toast.success(`Identity ${identity.name} created`)
        // Back leads to the list, not to this dialog.
        url.set({ new: null })
        router.push(`/identities/${identity.id}`)
      }}
    />
  )
}

function EditForm({ identity, onDone }: { identity: Identity; onDone: () => void }) {
  const update = useUpdateIdentity(identity.id)
  const [asked, setAsked] = useState<{ message: string; values: IdentityForm } | null>(null)
  const { name, role, hasDeleteProtection, isCanary, canaryPlace, metadata } = identity
  const save = async (values: IdentityForm, takeOver: boolean) => {
    await update.mutateAsync({ ...values, takeOver })
    toast.success(`Identity ${values.name} saved`)
    onDone()
  }
  return (
    <>
      <Fields
        values={{ name, role, hasDeleteProtection, isCanary, canaryPlace, metadata }}
        submitLabel="Save"
        onSave={async (values) => {
          try {
            await save(values, false)
          } catch (error) {
            if (!(error instanceof ApiError) || error.reason !== 'take_over_needed') throw error
            setAsked({ message: error.message, values })
          }
        }}
      />
      <TakeOverQuestion
        message={asked?.message ?? null}
        onCancel={() => setAsked(null)}
        onConfirm={async () => asked && save(asked.values, true)}
      />
    </>
  )
}

function Fields({
  values,
  submitLabel,
  onSave,
}: {
  values: IdentityForm
  submitLabel: string
  onSave: (values: IdentityForm) => Promise<void>
}) {
  const form = useForm<z.input<typeof IdentityForm>, unknown, IdentityForm>({
    resolver: zodResolver(IdentityForm),
    defaultValues: values,
  })
  const own = useSession().data?.role ?? 'no-access'
  const isTaken = useIsTaken(form.watch('name'), values.name)

  const submit = sendForm(form, async (sent) => {
    await onSave({ ...sent, metadata: sent.metadata.filter(({ key }) => key !== '') })
  })

  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField
        control={form.control}
        name="name"
        label={labels.name}
        placeholder="payments-deployer"
        autoFocus
        help={isTaken && takenNote}
      />
      <SelectField
        control={form.control}
        name="role"
        label={labels.role}
        help="What its access tokens may do in Keybound’s own API. You can give at most your own role."
        options={roles.map((role) => ({
          value: role,
          label: role,
          help: roleHelp[role],
          disabled: !roleIncludes(own, role),
        }))}
      />
      <RowsField
        control={form.control}
        name="metadata"
        label={labels.metadata}
        help="Your own labels. A pasted JSON object becomes rows."
        keyLabel="Key"
        valueLabel="Value"
        keyPlaceholder="team"
        valuePlaceholder="payments"
        addLabel="Add metadata"
      />
      <SwitchField
        control={form.control}
        name="hasDeleteProtection"
        label={labels.hasDeleteProtection}
        help="It cannot be deleted until this is switched off."
      />
      {canAccess(own, 'administer') && (
        <SwitchField
          control={form.control}
          name="isCanary"
          label={labels.isCanary}
          help="It gives access to nothing. Every login as this identity is refused and opens an incident immediately. Its access tokens end."
        />
      )}
      {canAccess(own, 'administer') && form.watch('isCanary') && (
        <TextField
          control={form.control}
          name="canaryPlace"
          label={labels.canaryPlace}
          help="Optional: where you plant its id, so that the incident says what leaked."
          placeholder="Settings file of the old deployment job"
        />
      )}
      <DialogActions submitLabel={submitLabel} busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

/** Whether another identity has this name. Names need not differ, but logs and reviews name identities by them. */
function useIsTaken(typed: string, own: string): boolean {
  const name = useDeferredValue(typed.trim())
  const found = useIdentities({ search: name, limit: 25 }, { enabled: name !== '' && name !== own })
  const folded = (text: string) => text.normalize('NFKC').toLowerCase()
  return name !== own && (found.data?.identities ?? []).some((other) => folded(other.name) === folded(name))
}

const takenNote = (
  <span role="status" className="inline-flex items-center gap-1.5 text-attention">
    <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
    Another identity has this name, so lists and logs would show two that look the same.
  </span>
)

const labels = {
  name: 'Name',
  role: 'Role',
  metadata: 'Metadata',
  hasDeleteProtection: 'Delete protection',
  isCanary: 'Canary',
  canaryPlace: 'Where it is planted',
}
