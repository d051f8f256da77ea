'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { SelectField } from '@/components/form/select-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { SwitchField } from '@/components/form/switch-field'
import { TextField } from '@/components/form/text-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { useMembers } from '@/lib/client/members'
import { useStartReview } from '@/lib/client/reviews'
import { ReviewedKind, ReviewInput, type ReviewScope } from '@/lib/model/access-review'
import { reviewedKinds } from '@/lib/model/access-review-facts'
import { canAccess, roles } from '@/lib/trust/role'
import { ChoicesField } from './choices-field'

const any = 'any'
const dayMs = 86_400_000

const Form = z.object({
  name: ReviewInput.shape.name,
  kinds: z.array(ReviewedKind).min(1, 'Choose at least one kind of things.'),
  role: z.string(),
  onlyWide: z.boolean(),
  notReviewedDays: z.string(),
  days: z.string(),
  reviewers: z.array(z.string()),
})
type Form = z.output<typeof Form>

/** Starts an access review and opens its page. */
export function StartReview({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Start an access review" description="Each thing is recorded with what it allows now.">
        <Fields />
      </DialogContent>
    </Dialog>
  )
}

function Fields() {
  const router = useRouter()
  const start = useStartReview()
  const { data: members } = useMembers()
  const form = useForm<Form>({
    resolver: zodResolver(Form),
    defaultValues: {
      ...{ name: '', kinds: ['identity', 'trust'], role: any, onlyWide: false },
      ...{ notReviewedDays: any, days: '14', reviewers: [] },
    },
  })
  const { control } = form
  const submit = sendForm(
    form,
    async ({ name, days, reviewers, ...scope }) => {
      const dueAt = new Date(Date.now() + Number(days) * dayMs).toISOString()
      const { id } = await start.mutateAsync({ name, dueAt, reviewers, scope: toScope(scope) })
      router.push(`/reviews/${id}`)
    },
    ([first, ...rest]) => (first === 'dueAt' ? ['days'] : first === 'scope' ? rest : [first ?? '', ...rest]),
  )
  const able = (members ?? []).filter(({ role }) => role !== 'admin' && canAccess(role, 'write'))
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField control={control} name="name" label="Name" placeholder="Fourth quarter" autoComplete="off" autoFocus />
      <ChoicesField control={control} name="kinds" label="What is reviewed" options={kindOptions} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField control={control} name="role" label="Role" options={roleOptions} />
        <SelectField control={control} name="notReviewedDays" label="Last reviewed" options={reviewedOptions} />
      </div>
      <SwitchField
        control={control}
        name="onlyWide"
        label="Only what is wide"
        help="It has a critical or high finding, or lets an attack story in."
      />
      <SelectField control={control} name="days" label="Due" options={dueOptions} />
      {able.length > 0 && (
        <ChoicesField
          control={control}
          name="reviewers"
          label="Reviewers beside admins"
          options={able.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <DialogActions submitLabel="Start review" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

function toScope({ kinds, role, onlyWide, notReviewedDays }: Omit<Form, 'name' | 'days' | 'reviewers'>): ReviewScope {
  const chosen = roles.find((one) => one === role)
  return {
    ...{ kinds: ReviewedKind.options.filter((kind) => kinds.includes(kind)), onlyWide },
    ...(chosen && { role: chosen }),
    ...(notReviewedDays !== any && { notReviewedDays: Number(notReviewedDays) }),
  }
}

const kindOptions = ReviewedKind.options.map((value) => ({ value, label: reviewedKinds[value] }))
const roleOptions = [{ value: any, label: 'Any role' }, ...roles.map((role) => ({ value: role, label: role }))]
const reviewedOptions = [
  { value: any, label: 'At any time, or never' },
  ...[30, 90, 180, 365].map((days) => ({ value: String(days), label: `Not in ${days} days` })),
]
const dueOptions = [
  { value: '7', label: 'In a week' },
  { value: '14', label: 'In two weeks' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
]
