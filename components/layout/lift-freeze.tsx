'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { KeyValueList } from '@/components/ui/key-value-list'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { type FrozenTrust, useLiftFreeze } from '@/lib/client/frozen-trusts'
import { LiftReason } from '@/lib/model/freeze'

const LiftForm = z.object({ reason: LiftReason })

/** Asks why the freeze of a trust is lifted. */
export function LiftDialog({ frozen, onClose }: { frozen: FrozenTrust; onClose: () => void }) {
  const { trustId, claim, name, idClaim, before, after } = frozen
  const lift = useLiftFreeze(trustId)
  const form = useForm({ resolver: zodResolver(LiftForm), defaultValues: { reason: '' } })
  const submit = sendForm(form, async (sent) => {
    await lift.mutateAsync(sent)
    toast.success('Freeze lifted')
    onClose()
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Lift the freeze">
        <ShortForm form={form} onSubmit={submit}>
          <KeyValueList
            items={[
              { label: 'Name', value: <NameAndClaim claim={claim} value={name} /> },
              { label: 'Id before', value: <NameAndClaim claim={idClaim} value={before} /> },
              { label: 'Id that came', value: <NameAndClaim claim={idClaim} value={after} /> },
            ]}
          />
          <p>
            The project was made again, or another owner took its name over. If the id before is the right one, bind{' '}
            <code className="text-compact">{shownText(idClaim)}</code> in the trust first: after this, the next token
            that the trust accepts says which id is right.
          </p>
          <TextField
            control={form.control}
            name="reason"
            label="Reason"
            help="The audit keeps it."
            placeholder="The repository was created again on Monday."
            autoFocus
          />
          <DialogActions submitLabel="Lift the freeze" busy={form.formState.isSubmitting} />
        </ShortForm>
      </DialogContent>
    </Dialog>
  )
}

const NameAndClaim = ({ claim, value }: { claim: string; value: string }) => (
  <>
    {shownText(value)} <code className="text-muted-foreground text-xs">{shownText(claim)}</code>
  </>
)
