'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { NumberField } from '@/components/form/number-field'
import { applyServerErrors } from '@/components/form/server-errors'
import { ShortForm } from '@/components/form/short-form'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ErrorState } from '@/components/ui/error-state'
import { CardSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type RetentionPeriod, useRetention, useSetRetention } from '@/lib/client/retention'
import { useCan } from '@/lib/client/session'
import { type RecordKind, RetentionDays } from '@/lib/model/retention'
import { shortened } from './shortened'

/** Periods for which records are kept; an admin sets those that no environment variable fixes. */
export function Retention() {
  const { data, error, refetch } = useRetention()
  return (
    <Section
      title="Retention"
      description="Records older than this are removed within the hour, a few at a time. Daily counts are kept."
      className="max-w-3xl"
    >
      {data ? (
        <Periods periods={data} />
      ) : error ? (
        <ErrorState title="The periods could not be loaded" error={error} onRetry={() => refetch()} />
      ) : (
        <CardSkeleton lines={5} />
      )}
    </Section>
  )
}

type Values = z.output<typeof RetentionDays>

function Periods({ periods }: { periods: readonly RetentionPeriod[] }) {
  const save = useSetRetention()
  const canAdminister = useCan('administer')
  const [asked, setAsked] = useState<Values | null>(null)
  const form = useForm<z.input<typeof RetentionDays>, unknown, Values>({
    resolver: zodResolver(RetentionDays),
    values: daysOf(periods),
  })
  const { isDirty, isSubmitting } = form.formState
  const question = useUnsavedGuard(isDirty)

  const store = async (days: Values) => {
    setAsked(null)
    try {
      const { periods: saved } = await save.mutateAsync({ days: changed(periods, days) })
      form.reset(daysOf(saved))
      toast.success('Retention saved')
    } catch (error) {
      applyServerErrors(form, error, (path) => (path[0] === 'days' ? path.slice(1) : path))
    }
  }
  const submit = form.handleSubmit(async (days) => {
    if (shortened(periods, days).length > 0) setAsked(days)
    else await store(days)
  })

  return (
    <ShortForm form={form} onSubmit={submit}>
      {periods.map((period) => (
        <div key={period.kind} className="grid items-start gap-x-6 gap-y-1 sm:grid-cols-[14rem_1fr]">
          <NumberField
            control={form.control}
            name={period.kind}
            label={`${kinds[period.kind].label} (days)`}
            disabled={period.isFixed || !canAdminister}
          />
          <p className="text-compact text-muted-foreground sm:pt-8">
            {kinds[period.kind].about} <Stock period={period} />
            {period.isFixed && (
              <>
                {' '}
                Set by the environment variable <code>{period.variable}</code>.
              </>
            )}
          </p>
        </div>
      ))}
      {canAdminister && (
        <div>
          <Button type="submit" variant="primary" busy={isSubmitting} disabled={!isDirty}>
            Save
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title="Remove older records?"
        confirmLabel="Save and remove"
        onConfirm={() => asked && store(asked)}
      >
        {asked && shortenedWords(shortened(periods, asked))}
      </ConfirmDialog>
      {question}
    </ShortForm>
  )
}

function Stock({ period: { rows, isMore, oldestAt } }: { period: RetentionPeriod }) {
  if (rows === 0) return <>None now.</>
  const count = `${rows.toLocaleString('en')}${isMore ? ' or more' : ''}`
  return (
    <>
      {count} now{oldestAt && <>, the oldest from </>}
      {oldestAt && <TimeAgo at={oldestAt} />}.
    </>
  )
}

const daysOf = (periods: readonly RetentionPeriod[]): Values =>
  RetentionDays.parse(Object.fromEntries(periods.map(({ kind, days }) => [kind, days])))

const changed = (periods: readonly RetentionPeriod[], days: Values): Partial<Values> =>
  Object.fromEntries(periods.flatMap(({ kind, days: before }) => (days[kind] === before ? [] : [[kind, days[kind]]])))

const shortenedWords = (kindsShortened: readonly RecordKind[]) =>
  `The period of these records gets shorter: ${kindsShortened.map((kind) => kinds[kind].label.toLowerCase()).join(', ')}. Older records are removed within the hour and cannot be restored.`

const kinds: Record<RecordKind, { label: string; about: string }> = {
  'accepted-decisions': { label: 'Accepted logins', about: 'Decisions with every check.' },
  'refused-decisions': { label: 'Refused logins', about: 'Decisions with every check.' },
  'audit-entries': { label: 'Audit', about: 'Changes, sign-ins and refused acts.' },
  'key-source-events': { label: 'Key source history', about: 'Fetches by day, failures and changes of keys.' },
  'access-tokens': { label: 'Ended access tokens', about: 'Counted from the day the token expired or was revoked.' },
}
