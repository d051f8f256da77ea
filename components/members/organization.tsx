'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ChipsField } from '@/components/form/chips-field'
import { SelectField } from '@/components/form/select-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { SwitchField } from '@/components/form/switch-field'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { CardSkeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toaster'
import { UnreadableCallout } from '@/components/ui/unreadable-callout'
import {
  type OrganizationSettings,
  useOrganizationSettings,
  useSetOrganizationSettings,
} from '@/lib/client/organization'
import { useCan } from '@/lib/client/session'
import { OrganizationPatch } from '@/lib/model/organization-settings'

/** Settings of the organization. */
export function Organization() {
  const { data, error, refetch } = useOrganizationSettings()
  return (
    <Section title="Organization" description="Rules for everyone in this organization." className="max-w-3xl">
      {data ? (
        <Settings settings={data} />
      ) : error ? (
        <ErrorState title="The settings could not be loaded" error={error} onRetry={() => refetch()} />
      ) : (
        <CardSkeleton />
      )}
    </Section>
  )
}

function Settings({ settings }: { settings: OrganizationSettings }) {
  const save = useSetOrganizationSettings()
  const canAdminister = useCan('administer')
  const form = useForm<z.input<typeof Form>, unknown, z.output<typeof Form>>({
    resolver: zodResolver(Form),
    values: toValues(settings),
  })
  const { isDirty, isSubmitting } = form.formState
  const question = useUnsavedGuard(isDirty)
  const submit = sendForm(form, async ({ interval, ...values }) => {
    const reviewIntervalDays = interval === never ? null : Number(interval)
    form.reset(toValues(await save.mutateAsync({ ...values, reviewIntervalDays })))
    toast.success('Settings saved')
  })
  return (
    <ShortForm form={form} onSubmit={submit} className="gap-5">
      <UnreadableCallout what="these settings" parts={settings.unreadable?.map((name) => labels[name] ?? name)}>
        , so no other application can sign people in here. Enter its origins again and save; if there are none, save the
        empty list.
      </UnreadableCallout>
      <SwitchField
        control={form.control}
        name="requiresSecondFactor"
        label="Everyone needs a second factor"
        help="This applies to every way of signing in. People without one must set it up before they can do anything else; people who have one sign in again. Set up your own first. Machines are not affected."
        disabled={!canAdminister}
      />
      <ChipsField
        control={form.control}
        name="returnOrigins"
        label={labels.returnOrigins}
        help="Origins to which a sign-in for another application may send browsers back. This server and loopback addresses need no entry."
        placeholder="https://app.example.com"
        disabled={!canAdminister}
      />
      <SelectField
        control={form.control}
        name="interval"
        label="Review everything"
        help="The overview shows what is older than that and has not been reviewed since."
        options={intervalOptions(settings.reviewIntervalDays)}
        disabled={!canAdminister}
      />
      {canAdminister && (
        <div>
          <Button type="submit" variant="primary" busy={isSubmitting} disabled={!isDirty && !settings.unreadable}>
            Save
          </Button>
        </div>
      )}
      {question}
    </ShortForm>
  )
}

const labels: Record<string, string> & { returnOrigins: string } = {
  returnOrigins: 'Applications that sign people in here',
}

const never = 'never'
const Form = OrganizationPatch.omit({ reviewIntervalDays: true }).extend({ interval: z.string() })

const toValues = ({ returnOrigins, requiresSecondFactor, reviewIntervalDays }: OrganizationSettings) => ({
  ...{
    returnOrigins,
    requiresSecondFactor,
    interval: reviewIntervalDays === null ? never : String(reviewIntervalDays),
  },
})

/** The usual intervals, and the one that is set. */
const intervalOptions = (days: number | null) => [
  { value: never, label: 'Never' },
  ...[...new Set([30, 90, 180, 365, ...(days === null ? [] : [days])])]
    .sort((one, other) => one - other)
    .map((interval) => ({ value: String(interval), label: `Every ${interval} days` })),
]
