'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { useMembers } from '@/lib/client/members'
import { type ReviewDetail, useUpdateReview } from '@/lib/client/reviews'
import { ReviewInput } from '@/lib/model/access-review'
import { canAccess } from '@/lib/trust/role'
import { ChoicesField } from './choices-field'

const Form = z.object({
  name: ReviewInput.shape.name,
  due: z.iso.date('Give a date.'),
  reviewers: z.array(z.string()),
})
type Form = z.output<typeof Form>

/** Changes the name, the due date and the reviewers of a review. */
export function EditReview({ review, onClose }: { review: ReviewDetail; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={`Edit ${review.name}`} description="What the review covers cannot be changed.">
        <Fields review={review} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function Fields({ review: { id, name, dueAt, reviewers, reviewerIds }, onClose }: Parameters<typeof EditReview>[0]) {
  const update = useUpdateReview(id)
  const { data: members } = useMembers()
  const due = localDay(new Date(dueAt))
  const form = useForm<Form>({ resolver: zodResolver(Form), defaultValues: { name, due, reviewers: reviewerIds } })
  const { control } = form
  const submit = sendForm(
    form,
    async (fields) => {
      const dueAt = fields.due === due ? {} : { dueAt: endOfDay(fields.due) }
      await update.mutateAsync({ name: fields.name, reviewers: fields.reviewers, ...dueAt })
      toast.success('Saved')
      onClose()
    },
    ([first, ...rest]) => (first === 'dueAt' ? ['due'] : [first ?? '', ...rest]),
  )
  const able = (members ?? []).filter(({ role }) => role !== 'admin' && canAccess(role, 'write'))
  const options = new Map([...reviewers, ...able].map(({ id, name }) => [id, { value: id, label: name }]))
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField control={control} name="name" label="Name" autoComplete="off" />
      <TextField control={control} name="due" label="Due" type="date" help="By the end of that day." />
      {options.size > 0 && (
        <ChoicesField
          control={control}
          name="reviewers"
          label="Reviewers beside admins"
          options={[...options.values()]}
        />
      )}
      <DialogActions submitLabel="Save" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

const two = (part: number) => String(part).padStart(2, '0')
const localDay = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const endOfDay = (day: string) => new Date(`${day}T23:59:59`).toISOString()
