'use client'

import { useId, useState } from 'react'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { nounOf } from '@/components/layout/incident-words'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { Label } from '@/components/ui/label'
import { shownText } from '@/components/ui/shown'
import { Textarea } from '@/components/ui/textarea'
import { TimeAgo } from '@/components/ui/time-ago'
import { type Incident, useSetIncidentState } from '@/lib/client/incidents'
import { useCan } from '@/lib/client/session'
import { noteCharactersMax } from '@/lib/model/incident-facts'

const acts: Record<Incident['state'], { state: Incident['state']; label: string }[]> = {
  open: [
    { state: 'acknowledged', label: 'Acknowledge' },
    { state: 'resolved', label: 'Resolve' },
  ],
  acknowledged: [
    { state: 'resolved', label: 'Resolve' },
    { state: 'open', label: 'Reopen' },
  ],
  resolved: [{ state: 'open', label: 'Reopen' }],
}

/** State of an incident, who set it and why, and what can be made of it. */
export function IncidentState({ incident }: { incident: Incident }) {
  const id = useId()
  const { state, stateAt, stateByName, note } = incident
  const [typed, setTyped] = useState(note ?? '')
  const canChange = useCan(incident.organizationId === null ? 'administer' : 'write')
  const change = useSetIncidentState(incident)
  const question = useUnsavedGuard(canChange && typed.trim() !== (note ?? ''))
  return (
    <Section title="State">
      {question}
      <div className="grid gap-3">
        {stateAt && (
          <p className="break-words">
            {shownText(stateByName ?? 'A former actor')} set it to {state} <TimeAgo at={stateAt} />
          </p>
        )}
        {!canChange && note && <p className="whitespace-pre-wrap break-words">{shownText(note)}</p>}
        {canChange && (
          <>
            <div className="grid gap-1.5">
              <Label htmlFor={id}>Note</Label>
              <Textarea
                id={id}
                value={typed}
                maxLength={noteCharactersMax}
                placeholder="What was found, and what was done"
                onChange={(event) => setTyped(event.target.value)}
              />
            </div>
            <div className="flex flex-wrap gap-2">
              {acts[state].map((act) => (
                <Button
                  key={act.state}
                  busy={change.isPending}
                  onClick={() => change.mutate({ state: act.state, note: typed.trim() || null })}
                >
                  {act.label}
                </Button>
              ))}
              {state !== 'open' && (
                <Button
                  variant="ghost"
                  disabled={typed.trim() === (note ?? '')}
                  busy={change.isPending}
                  onClick={() => change.mutate({ state, note: typed.trim() || null })}
                >
                  Save note
                </Button>
              )}
            </div>
            <p className="text-compact text-muted-foreground">
              Once it is resolved, further {nounOf(incident)}s of this cause begin a new incident.
            </p>
          </>
        )}
        {change.error && (
          <Callout tone="danger">
            {shownText(change.error instanceof Error ? change.error.message : 'It did not work. Try again.')}
          </Callout>
        )}
      </div>
    </Section>
  )
}
