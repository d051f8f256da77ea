'use client'

import { FormField } from '@/components/form/form-field'
import { Section } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { roleHelp } from '@/lib/client/words'
import { type Role, roleIncludes, roles } from '@/lib/trust/role'

export type NewIdentity = { name: string; role: Role }

/** What is created beside the trust: the identity that logs in. */
export function IdentityHead({
  identity: { name, role },
  own,
  problem,
  onChange,
}: {
  identity: NewIdentity
  /** Role of the person: the highest that can be given. */
  own: Role
  /** Why the name cannot be taken. */
  problem: string | null
  onChange: (identity: NewIdentity) => void
}) {
  return (
    <Section title="What it gets" description="A new identity, with access tokens that are valid for 15 minutes.">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Name of the identity" error={name === '' ? null : problem}>
          {(wiring) => (
            <Input
              {...wiring}
              placeholder="payments-deployer"
              autoComplete="off"
              value={name}
              onChange={(event) => onChange({ name: event.target.value, role })}
            />
          )}
        </FormField>
        <FormField label="Role" help="What its access tokens may do in Keybound’s own API.">
          {(wiring) => (
            <Select
              {...wiring}
              options={roles.map((one) => ({
                ...{ value: one, label: one, help: roleHelp[one] },
                disabled: !roleIncludes(own, one),
              }))}
              value={role}
              onValueChange={(chosen) => onChange({ name, role: roles.find((one) => one === chosen) ?? 'no-access' })}
            />
          )}
        </FormField>
      </div>
    </Section>
  )
}
