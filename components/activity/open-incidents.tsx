'use client'

import { ChevronRight } from 'lucide-react'
import { addressWords, countWords, titleOf } from '@/components/layout/incident-words'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { Incident } from '@/lib/client/incidents'

/** Open incidents in a sentence each: logins of one cause, which the list below has one by one. */
export function OpenIncidents({ incidents }: { incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null
  return (
    <Card className="mb-4">
      <div className="flex items-center justify-between gap-3 border-b px-4 py-2">
        <h2 className="font-semibold">Open incidents</h2>
        <Link href="/incidents?state=open" className="rounded-sm text-accent-text text-compact hover:underline">
          All open incidents
        </Link>
      </div>
      <ul aria-label="Open incidents" className="divide-y">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <Link
              href={`/incidents/${incident.id}`}
              className="flex items-center gap-3 px-4 py-2 text-compact hover:bg-muted focus-visible:-outline-offset-2"
            >
              <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
                <span className="truncate font-medium">{shownText(titleOf(incident))}</span>
                <span className="min-w-0 truncate text-muted-foreground">{shownText(wordsOf(incident))}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** "377 refusals · from 3 addresses · 26 Nov 14:02 – 15:40 UTC · the key source changed its key" */
const wordsOf = (incident: Incident) =>
  [
    countWords(incident),
    `from ${addressWords(incident)}`,
    spanWords(incident.firstAt, incident.at),
    incident.about ?? incident.lastChange?.text,
  ]
    .filter(Boolean)
    .join(' · ')

const dayOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' })
const timeOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' })

function spanWords(firstAt: string, lastAt: string): string {
  const [first, last] = [new Date(firstAt), new Date(lastAt)]
  if (timeOf.format(first) === timeOf.format(last) && dayOf.format(first) === dayOf.format(last)) {
    return `${dayOf.format(first)} ${timeOf.format(first)} UTC`
  }
  const isOneDay = dayOf.format(first) === dayOf.format(last)
  const end = isOneDay ? timeOf.format(last) : `${dayOf.format(last)} ${timeOf.format(last)}`
  return `${dayOf.format(first)} ${timeOf.format(first)} – ${end} UTC`
}
