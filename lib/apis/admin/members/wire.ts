import { z } from 'zod'
import { roles } from '@/lib/trust/role'
import { TakeOver } from '../identities/wire'

export { MemberInput } from '@/lib/model/person'

const MemberFactors = z
  .object({ code: z.boolean(), passkey: z.boolean() })
  .meta({ description: 'By what they prove more than a password.' })

export const MemberAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    createdAt: z.iso.datetime(),
    factors: MemberFactors,
  })
  .meta({ id: 'Member' })
export type MemberAnswer = z.output<typeof MemberAnswer>

export const MemberListAnswer = z.object({ members: z.array(MemberAnswer), next: z.string().nullable() })
export type MemberListAnswer = z.output<typeof MemberListAnswer>

const CutLinks = z.boolean().default(true).meta({
  description:
    'Cut links they made by which a subject of a provider signs in as another person, if they go or their role is lowered.',
})

export const MemberPatch = z.strictObject({ role: z.enum(roles), takeOver: TakeOver, links: CutLinks })

export const ResetLinkAnswer = z.object({
  path: z.string().meta({ description: 'The page to open on this server; the secret is behind `#`. Shown only now.' }),
  expiresAt: z.iso.datetime(),
})
export type ResetLinkAnswer = z.output<typeof ResetLinkAnswer>

export const HoldingsAnswer = z
  .object({
    trusts: z
      .array(z.object({ id: z.uuid(), name: z.string(), method: z.string(), identityId: z.uuid().nullable() }))
      .meta({ description: 'The first by name, at most 200.' }),
    trustCount: z.number(),
    identities: z
      .array(z.object({ id: z.uuid(), name: z.string(), role: z.enum(roles) }))
      .meta({ description: 'The first by name, at most 200.' }),
    identityCount: z.number(),
    tokensIssued: z.number(),
    tokensHeld: z.number(),
    isMore: z.boolean().meta({
      description:
        'Whether there are more: up to 500 trusts and identities are looked for and 10 000 tokens counted, and the numbers of these are the least then.',
    }),
    sessions: z.number(),
    links: z
      .array(
        z.object({
          id: z.uuid(),
          userId: z.uuid(),
          name: z.string().meta({ description: 'Of the person who is signed in by it.' }),
          trustId: z.uuid(),
          provider: z.string(),
          subject: z.string(),
        }),
      )
      .meta({ description: 'Links they made to other people’s accounts, the newest, at most 200.' }),
    linksMade: z.number().meta({ description: 'How many such links there are.' }),
  })
  .meta({ id: 'MemberHoldings' })
export type HoldingsAnswer = z.output<typeof HoldingsAnswer>

export const MemberLinkListAnswer = z.object({
  links: z.array(
    z
      .object({
        id: z.uuid(),
        trustId: z.uuid(),
        provider: z.string(),
        subject: z.string().meta({ description: 'The `sub` of the tokens.' }),
        createdAt: z.iso.datetime(),
      })
      .meta({ id: 'MemberLink' }),
  ),
})
export type MemberLinkListAnswer = z.output<typeof MemberLinkListAnswer>
export type MemberLinkAnswer = z.output<typeof MemberLinkListAnswer>['links'][number]

export const RemovalInput = z.strictObject({
  issuedTokens: z.boolean().default(true).meta({ description: 'Revoke access tokens they had issued.' }),
  heldTokens: z
    .boolean()
    .default(true)
    .meta({ description: 'Revoke access tokens of the identities they control; machines log in again.' }),
  trusts: z.boolean().default(false).meta({ description: 'Switch off the trusts they changed last.' }),
  links: CutLinks,
})

export const RemovalAnswer = z.object({ tokensEnded: z.number(), trustsDisabled: z.number(), linksCut: z.number() })
export type RemovalAnswer = z.output<typeof RemovalAnswer>
