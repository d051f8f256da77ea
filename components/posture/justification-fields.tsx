'use client'

import { OctagonAlert } from 'lucide-react'
import type { Control } from 'react-hook-form'
import { FormField } from '@/components/form/form-field'
import { TextareaField } from '@/components/form/textarea-field'
import { useField } from '@/components/form/use-field'
import { Checkbox } from '@/components/ui/checkbox'
import { counted } from '@/components/ui/counted'
import { shownText } from '@/components/ui/shown'
import { type Blocking, type Demanded, type JustificationForm, rulesOf } from './justification'

/** What saving requires: for blocking findings, a confirmation and a reason; for a wider trust, a reason. */
export function JustificationFields({
  demanded: { blocking, needsReason },
  control,
}: {
  demanded: Demanded
  control: Control<JustificationForm>
}) {
  if (!needsReason) return null
  const isBlocked = blocking.length > 0
  const reason = (
    <TextareaField
      control={control}
      name="reason"
      label="Reason"
      rows={2}
      help={`${isBlocked ? 'Why this is accepted.' : 'Why more is to be accepted.'} The audit keeps it.`}
    />
  )
  if (!isBlocked) return reason
  return (
    <section
      aria-label="What blocks enabling"
      className="grid gap-3 rounded-md border border-refused-border bg-refused-subtle px-3 py-2.5"
    >
      <div className="grid gap-1">
        <h3 className="flex items-center gap-1.5 font-medium text-refused">
          <OctagonAlert aria-hidden className="size-4 shrink-0" />
          {blocking.length === 1
            ? 'A finding blocks enabling'
            : `${counted(blocking.length, 'finding')} block enabling`}
        </h3>
        <ul className="grid gap-1.5">
          {blocking.map((finding, at) => (
            <BlockingRow key={`${finding.id} ${at}`} finding={finding} />
          ))}
        </ul>
        <p className="text-muted-foreground">Keep editing to correct it, save the trust switched off, or:</p>
      </div>
      <Acceptance control={control} rules={rulesOf(blocking)} />
      {reason}
    </section>
  )
}

const BlockingRow = ({ finding: { id, message, witness } }: { finding: Blocking }) => (
  <li className="min-w-0 break-words">
    <span className="font-medium">{shownText(id)}</span> {shownText(message)}
    {witness !== undefined && (
      <>
        {' '}
        For example <code className="break-all rounded-sm bg-muted px-1 py-0.5 text-xs">{shownText(witness)}</code> gets
        in.
      </>
    )}
  </li>
)

function Acceptance({ control, rules }: { control: Control<JustificationForm>; rules: string[] }) {
  const { value, error, errors: _, onChange, ...field } = useField({ control, name: 'isAccepted' })
  return (
    <FormField inline label={`Enable it in spite of ${rules.join(', ')}`} error={error}>
      {(wiring) => (
        <Checkbox
          {...wiring}
          {...field}
          className="mt-0.5"
          checked={value === true}
          onCheckedChange={(state) => onChange(state === true)}
        />
      )}
    </FormField>
  )
}
