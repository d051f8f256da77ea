'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { DurationField } from '@/components/form/duration-field'
import { IpRowsField } from '@/components/form/ip-rows-field'
import { NumberField } from '@/components/form/number-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import type { Identity } from '@/lib/client/identities'
import { useAttachTokenAuth } from '@/lib/client/tokens'
import { Grant } from '@/lib/trust/grant'

type Frame = { identity: Identity; open: boolean; onOpenChange: (open: boolean) => void }

/** Attaches Token Auth with the limits of its tokens. */
export function AttachTokenAuth({ identity, open, onOpenChange }: Frame) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Attach Token Auth to ${identity.name}`}
        description="What every token issued through it may do. A token is a secret, so prefer JWT Auth if the platform issues tokens."
      >
        <Fields identity={identity} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function Fields({ identity, onDone }: { identity: Identity; onDone: () => void }) {
  const attach = useAttachTokenAuth(identity.id)
  const form = useForm<z.input<typeof Grant>, unknown, z.output<typeof Grant>>({
    resolver: zodResolver(Grant),
    defaultValues: Grant.parse({}),
  })
  const submit = sendForm(
    form,
    async (grant) => {
      await attach.mutateAsync(grant)
      toast.success('Token Auth attached')
      onDone()
    },
    (path) => (path[0] === 'grant' ? path.slice(1) : path),
  )
  return (
    <ShortForm form={form} onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-2">
        <DurationField
          control={form.control}
          name="ttlSeconds"
          label={labels.ttlSeconds}
          placeholder="30d"
          zeroMeans="as long as the maximum"
        />
        <DurationField
          control={form.control}
          name="ttlSecondsMax"
          label={labels.ttlSecondsMax}
          help="How far renewals reach."
          placeholder="30d"
          zeroMeans="90 days"
        />
      </div>
      <NumberField
        control={form.control}
        name="usesMax"
        label={labels.usesMax}
        help="How often one token may be used."
        placeholder="0"
        zeroMeans="unlimited"
      />
      <IpRowsField
        control={form.control}
        name="trustedIps"
        label={labels.trustedIps}
        help="Addresses from which its tokens may be used."
      />
      <DialogActions submitLabel="Attach Token Auth" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

const labels = {
  ttlSeconds: 'Lifetime (TTL)',
  ttlSecondsMax: 'Maximum lifetime',
  usesMax: 'Uses',
  trustedIps: 'Trusted IPs',
}
