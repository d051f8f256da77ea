import { z } from 'zod'
import { roles } from '@/lib/trust/role'

export const PersonAccessAnswer = z
  .object({
    ...{ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles) },
    sees: z.array(z.string()).meta({ description: 'What the role lets them see, in words.' }),
    changes: z.array(z.string()).meta({ description: 'What the role lets them change, in words.' }),
    factors: z.object({ code: z.boolean(), passkey: z.boolean() }),
    hasPassword: z.boolean(),
    lastSignInAt: z.iso.datetime().nullable().meta({
      description: 'Null where neither a session nor the newest 100 entries of the audit about them say.',
    }),
    sessions: z.number().meta({ description: 'Live sessions, counted up to 100.' }),
    providers: z
      .array(z.string())
      .meta({ description: 'Sign-in providers they are linked to; of the first 20 links.' }),
  })
  .meta({ id: 'PersonAccess' })
export type PersonAccessAnswer = z.output<typeof PersonAccessAnswer>

export const PeopleAccessAnswer = z.object({ people: z.array(PersonAccessAnswer), next: z.string().nullable() })
export type PeopleAccessAnswer = z.output<typeof PeopleAccessAnswer>

/** A line of the export: lists are texts. */
export const PersonAccessRow = z.object({
  ...{ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles), sees: z.string(), changes: z.string() },
  ...{ secondFactor: z.string(), hasPassword: z.boolean(), providers: z.string() },
  ...{ lastSignInAt: z.iso.datetime().nullable(), sessions: z.number() },
})
