'use client'

import { useState } from 'react'
import { TakeOverQuestion } from '@/components/form/take-over-question'
import { Badge } from '@/components/ui/badge'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toaster'
import { ApiError } from '@/lib/client/api-error'
import { type Member, useChangeMemberRole } from '@/lib/client/members'
import { useCan } from '@/lib/client/session'
import { type Role, roles } from '@/lib/trust/role'
import { roleOptions } from './role-options'

/** A person's role; an admin changes it in place. The server refuses to lose the last admin, in words. */
export function MemberRole({ member }: { member: Member }) {
  const change = useChangeMemberRole()
  const [asked, setAsked] = useState<{ message: string; role: Role } | null>(null)
  const canAdminister = useCan('administer')
  if (!canAdminister) return <Badge icon={null}>{member.role}</Badge>
  const changeTo = (role: Role) =>
    change.mutate(
      { id: member.id, role },
      {
        onSuccess: () => toast.success(`${member.name} is ${role} now`),
        onError: (error) =>
          error instanceof ApiError && error.reason === 'take_over_needed'
            ? setAsked({ message: error.message, role })
            : toast.error('The role was not changed', { description: error.message }),
      },
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
          if (role && role !== member.role) changeTo(role)
        }}
      />
      <TakeOverQuestion
        message={asked?.message ?? null}
        onCancel={() => setAsked(null)}
        onConfirm={async () => asked && change.mutateAsync({ id: member.id, role: asked.role, takeOver: true })}
      />
    </>
  )
}
