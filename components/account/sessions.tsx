'use client'

import { EndSession, SessionTable } from '@/components/layout/session-table'
import { Section } from '@/components/ui/card'
import { type ListedSession, useEndSession, useOwnSessions } from '@/lib/client/session'

/** Lists the signed-in person's sessions; all but the current one can be ended. */
export function Sessions() {
  return (
    <Section
      title="Sessions"
      description="Browsers in which you are signed in. End the sessions that you do not recognise."
      flush
    >
      <SessionTable
        caption="Your sessions"
        empty="No sessions"
        sessions={useOwnSessions()}
        act={(session) => (session.isCurrent ? null : <EndOwnSession session={session} />)}
      />
    </Section>
  )
}

const EndOwnSession = ({ session }: { session: ListedSession }) => (
  <EndSession session={session} end={useEndSession()} />
)
