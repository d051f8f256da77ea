'use client'

import { EndSession, SessionTable } from '@/components/layout/session-table'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { toast } from '@/components/ui/toaster'
import { type Member, useEndMemberSession, useEndMemberSessions, useMemberSessions } from '@/lib/client/members'
import type { ListedSession } from '@/lib/client/session'

/** Sessions of a person; an admin ends one or all. */
export function MemberSessions({ member }: { member: Member }) {
  const sessions = useMemberSessions(member.id)
  const endAll = useEndMemberSessions()
  return (
    <Section
      title="Sessions"
      description="Browsers in which they are signed in."
      flush
      actions={
        sessions.data &&
        sessions.data.length > 1 && (
          <Button
            size="sm"
            busy={endAll.isPending}
            onClick={() =>
              endAll.mutate(member.id, {
                onSuccess: () => toast.success(`${member.name} is signed out everywhere`),
                onError: (failure) => toast.error('The sessions were not ended', { description: failure.message }),
              })
            }
          >
            End all
          </Button>
        )
      }
    >
      <SessionTable
        caption={`Sessions of ${member.name}`}
        empty="Not signed in anywhere"
        sessions={sessions}
        act={(session) => <EndMemberSession session={session} userId={member.id} />}
      />
    </Section>
  )
}

const EndMemberSession = ({ session, userId }: { session: ListedSession; userId: string }) => (
  <EndSession session={session} end={useEndMemberSession(userId)} />
)
