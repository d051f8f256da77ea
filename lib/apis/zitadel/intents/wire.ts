import { z } from 'zod'
import { Id } from '@/lib/trust/uuid'
import { ProviderOptionsAnswer, V2IdpAnswer } from '../idps/wire'
import { Details, ourId, runes, Uint } from '../protocol'

const Url = z.url({ protocol: /^https?$/, error: 'value must be a full http or https URL' }).max(2048)

export const StartIntent = z.object({
  idpId: Id.prefault(''),
  urls: z.object({
    successUrl: Url.describe('The browser comes here with `id`, `token` and, if the person is known, `user`.'),
    failureUrl: Url.describe('The browser comes here with `id`, `error` and `error_description`.'),
  }),
})

export const StartIntentAnswer = z.object({ details: Details, authUrl: z.string() })

export const RetrieveIntent = z.object({ idpIntentToken: z.string().min(1, 'value is required').max(200) })

export const IntentAnswer = z
  .object({
    details: Details,
    idpInformation: z.object({
      idpId: z.string(),
      userId: z.string().meta({ description: "The person's `sub`." }),
      userName: z.string(),
      rawInformation: z.record(z.string(), z.unknown()).meta({ description: 'The claims of the token.' }),
    }),
    userId: z.string().optional().meta({ description: 'The person here, if linked.' }),
  })
  .meta({ id: 'ZitadelIntent' })

const linkField = (field: string, min: 0 | 1) => runes('AddIDPLinkRequest', field, min)

export const AddIdpLink = z.object({
  idpLink: z
    .object({
      idpId: ourId('AddIDPLinkRequest', 'IdpId', 1),
      userId: linkField('UserId', 1).describe("The person's `sub` at the provider."),
      userName: linkField('UserName', 0).describe('What the provider calls the person; only put on record.'),
    })
    .prefault({}),
})

export const ListIdpLinks = z.object({
  query: z.object({ offset: Uint, limit: Uint, asc: z.boolean().prefault(false) }).prefault({}),
})

export const IdpLinksAnswer = z.object({
  details: z.object({
    totalResult: z.string().optional(),
    processedSequence: z.string().optional(),
    timestamp: z.iso.datetime(),
  }),
  result: z
    .array(
      z
        .object({
          idpId: z.string(),
          userId: z.string().meta({ description: "The person's `sub` at the provider." }),
          userName: z.string().meta({ description: 'The same: what a provider calls people is only put on record.' }),
        })
        .meta({ id: 'ZitadelIdpLink' }),
    )
    .optional(),
})

export const IdpV2Answer = z.object({ idp: V2IdpAnswer })

const Flag = z.enum(['true', 'false']).optional()

export const ActiveProvidersQuery = z.object({
  'ctx.orgId': Id.optional().describe('The organization whose providers are asked for; it must be your own.'),
  'ctx.instance': Flag.describe('`true`: those of the installation only.'),
  creationAllowed: Flag.describe('Only those that have this option set so; likewise the next three.'),
  linkingAllowed: Flag,
  autoCreation: Flag,
  autoLinking: Flag,
})
export type ActiveProvidersQuery = z.output<typeof ActiveProvidersQuery>

export const ActiveProvidersAnswer = z.object({
  details: z.object({
    totalResult: z.string().optional(),
    processedSequence: z.string().optional(),
    timestamp: z.iso.datetime(),
  }),
  identityProviders: z
    .array(
      z
        .object({
          id: z.string(),
          name: z.string(),
          type: z.literal('IDENTITY_PROVIDER_TYPE_JWT'),
          options: ProviderOptionsAnswer,
        })
        .meta({ id: 'ZitadelActiveProvider' }),
    )
    .optional(),
})
