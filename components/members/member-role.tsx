'use client'

import { Badge } from '@/components/ui/badge'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toaster'
import { type Member, useChangeMemberRole } from '@/lib/client/members'
import { useCan } from '@/lib/client/session'
import { roles } from '@/lib/trust/role'
import { roleOptions } from './role-options'

/** A person's role; an admin changes it in place. The server refuses to lose the last admin, in words. */
export function MemberRole({ member }: { member: Member }) {
  const change = useChangeMemberRole()
  const canAdminister = useCan('administer')
  if (!canAdminister) return <Badge icon={null}>{member.role}</Badge>
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      className="w-32"
      options={roleOptions}
      value={change.isPending ? change.variables.role : member.role}
      disabled={change.isPending}
      onValueChange={(chosen) => {
        const role = roles.find((each) => each === chosen)
        if (!role || role === member.role) return
        change.mutate(
          { id: member.id, role },
          {
            onSuccess: () => toast.success(`${member.name} is ${role} now`),
            onError: (error) => toast.error('The role was not changed', { description: error.message }),
          },
        )
      }}
    />
  )
}
