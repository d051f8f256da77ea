'use client'

import { useState } from 'react'
import { TakeOverQuestion } from '@/components/form/take-over-question'
import { Badge } from '@/components/ui/badge'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toaster'
import { ApiError } from '@/lib/client/api-error'
import { type Holdings, type Member, useChangeMemberRole, useFetchHoldings } from '@/lib/client/members'
import { useCan } from '@/lib/client/session'
import { isAbove, type Role, roles } from '@/lib/trust/role'
import { LinksChoice } from './remove-member'
import { roleOptions } from './role-options'

/** Role of a person; an admin changes it in place. The server refuses a change that leaves no admin. */
export function MemberRole({ member }: { member: Member }) {
  const change = useChangeMemberRole()
  const fetchHoldings = useFetchHoldings()
  const [asked, setAsked] = useState<{ message: string; role: Role } | null>(null)
  const [lowered, setLowered] = useState<{ role: Role; holdings: Holdings; links: boolean } | null>(null)
  const canAdminister = useCan('administer')
  if (!canAdminister) return <Badge icon={null}>{member.role}</Badge>
  const notChanged = (error: Error) => toast.error('The role was not changed', { description: error.message })
  const done = (role: Role) => toast.success(`${member.name} is ${role} now`)
  const changeTo = (role: Role) =>
    change.mutate(
      { id: member.id, role },
      {
        onSuccess: () => done(role),
        onError: (error) =>
          error instanceof ApiError && error.reason === 'take_over_needed'
            ? setAsked({ message: error.message, role })
            : notChanged(error),
      },
    )
  /** A lower role removes the links they made to other people, so a question comes first where there are some. */
  const lowerTo = (role: Role) =>
    fetchHoldings(member.id).then(
      (holdings) => (holdings.linksMade > 0 ? setLowered({ role, holdings, links: true }) : changeTo(role)),
      notChanged,
    )
  return (
    <>
      <Select
        aria-label={`Role of ${member.name}`}
        className="w-32"
        options={roleOptions}
        value={change.isPending ? change.variables.role : member.role}
        disabled={change.isPending}
        onValueChange={(chosen) => {
          const role = roles.find((each) => each === chosen)
          if (role && role !== member.role) (isAbove(member.role, role) ? lowerTo : changeTo)(role)
        }}
      />
      <TakeOverQuestion
        message={asked?.message ?? null}
        onCancel={() => setAsked(null)}
        onConfirm={async () => asked && change.mutateAsync({ id: member.id, role: asked.role, takeOver: true })}
      />
      <ConfirmDialog
        open={lowered !== null}
        onOpenChange={(open) => !open && setLowered(null)}
        title={`Make ${member.name} ${lowered?.role}?`}
        confirmLabel="Lower the role"
        onConfirm={async () => {
          if (!lowered) return
          const { role, links } = lowered
          await change.mutateAsync({ id: member.id, role, links })
          done(role)
        }}
      >
        Access tokens that they issued for a higher role end.
        {lowered && (
          <div className="mt-3 text-foreground">
            <LinksChoice
              {...lowered.holdings}
              checked={lowered.links}
              onCheckedChange={(links) => setLowered({ ...lowered, links })}
            />
          </div>
        )}
      </ConfirmDialog>
    </>
  )
}
