'use client'

import { useLayoutEffect } from 'react'
import type { DecisionFilter } from '@/lib/client/decisions'
import { useOpenIncidents } from '@/lib/client/incidents'
import { ActivityDays } from './activity-days'
import { OpenIncidents } from './open-incidents'

const incidentsMax = 3

/** Open incidents and logins by day, above the list of logins. `onKnown`: once incidents are read, or cannot be. */
export function AboveLogins({
  filter,
  hasIncidents,
  onKnown,
}: {
  filter: DecisionFilter
  hasIncidents: boolean
  onKnown: () => void
}) {
  const { data, isPending, failureCount } = useOpenIncidents(incidentsMax, { enabled: hasIncidents })
  const isKnown = !hasIncidents || !isPending || failureCount > 0
  // Before the next frame, so that neither is seen without the other.
  useLayoutEffect(() => {
    if (isKnown) onKnown()
  }, [isKnown, onKnown])
  if (!isKnown) return null
  return (
    <>
      {hasIncidents && data && <OpenIncidents incidents={data.incidents} />}
      <ActivityDays filter={filter} />
    </>
  )
}
