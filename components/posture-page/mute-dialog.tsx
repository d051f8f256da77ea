'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { SelectField } from '@/components/form/select-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextareaField } from '@/components/form/textarea-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { useMuteFinding } from '@/lib/client/posture'
import type { FindingAnswer } from '@/lib/model/posture'
import { Reason } from '@/lib/model/reason'

const spans = [
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '364', label: 'A year' },
]

const MuteForm = z.object({
  reason: Reason,
  days: z.string(),
})
type MuteForm = z.output<typeof MuteForm>

/** Accepts a finding for a time, with a reason that the audit keeps. */
export function MuteDialog({
  trustId,
  finding,
  onClose,
}: {
  trustId: string
  /** null: closed. */
  finding: FindingAnswer | null
  onClose: () => void
}) {
  return (
    <Dialog open={finding !== null} onOpenChange={(open) => !open && onClose()}>
      {finding && (
        <DialogContent
          title={`Mute ${finding.id}`}
          description={`“${finding.title}” stays visible and does not count in the score until the time is over.`}
        >
          <Form trustId={trustId} finding={finding} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function Form({ trustId, finding, onClose }: { trustId: string; finding: FindingAnswer; onClose: () => void }) {
  const mute = useMuteFinding(trustId)
  const form = useForm<MuteForm>({ resolver: zodResolver(MuteForm), defaultValues: { reason: '', days: '30' } })

  const submit = sendForm(
    form,
    async ({ reason, days }) => {
      const until = new Date(Date.now() + Number(days) * 86_400_000).toISOString()
      await mute.mutateAsync({ rule: finding.id, reason, until })
      toast.success(`${finding.id} is muted`)
      onClose()
    },
    (path) => (path[0] === 'until' ? ['days'] : path),
  )

  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextareaField
        control={form.control}
        name="reason"
        label="Reason"
        help="Why this is accepted. The audit keeps it."
        placeholder="The runner has no other network; reviewed with security on 12 May."
      />
      <SelectField control={form.control} name="days" label="For" options={spans} />
      <DialogActions submitLabel="Mute" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}
