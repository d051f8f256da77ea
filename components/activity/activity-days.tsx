'use client'

import { Card } from '@/components/ui/card'
import { LoginsPicture } from '@/components/ui/logins-picture'
import { LoginsTable } from '@/components/ui/logins-table'
import { Skeleton } from '@/components/ui/skeleton'
import type { DecisionFilter } from '@/lib/client/decisions'
import { useOverview } from '@/lib/client/overview'
import { countsByDay } from './decision-filter'

/** Logins of thirty days above the list, where its filters count the same logins: days and outcome only. */
export function ActivityDays({ filter }: { filter: DecisionFilter }) {
  const { accepted } = filter
  const isCounted = countsByDay(filter)
  const { data } = useOverview({ enabled: isCounted })
  if (!isCounted) return null
  if (!data) return <Skeleton className="mb-4 h-44 rounded-lg" />
  const days = data.logins.map((day) => ({
    day: day.day,
    accepted: accepted === 'false' ? 0 : day.accepted,
    refused: accepted === 'true' ? 0 : day.refused,
    trustChanges: day.trustChanges,
    keyChanges: day.keyChanges,
  }))
  if (days.every((day) => day.accepted + day.refused === 0)) return null
  return (
    <Card className="mb-4 px-4 pt-3 pb-2">
      <LoginsPicture days={days} isLow />
      <LoginsTable days={days} />
    </Card>
  )
}
