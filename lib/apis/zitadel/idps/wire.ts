import { z } from 'zod'
import { holdsUnseen } from '@/lib/trust/unseen'
import { Details, ourId, protoEnum, runes, Uint, webAddress } from '../protocol'

/** Level of an operation, which decides its path prefix. */
export type Scope = 'admin' | 'management'

export const stylingTypes = ['STYLING_TYPE_UNSPECIFIED', 'STYLING_TYPE_GOOGLE'] as const
export const ownerTypes = ['IDP_OWNER_TYPE_UNSPECIFIED', 'IDP_OWNER_TYPE_SYSTEM', 'IDP_OWNER_TYPE_ORG'] as const
export const sortingColumns = ['IDP_FIELD_NAME_UNSPECIFIED', 'IDP_FIELD_NAME_NAME'] as const
export const autoLinkings = [
  'AUTO_LINKING_OPTION_UNSPECIFIED',
  'AUTO_LINKING_OPTION_USERNAME',
  'AUTO_LINKING_OPTION_EMAIL',
] as const
export const textMethods = [
  'TEXT_QUERY_METHOD_EQUALS',
  'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE',
  'TEXT_QUERY_METHOD_STARTS_WITH',
  'TEXT_QUERY_METHOD_STARTS_WITH_IGNORE_CASE',
  'TEXT_QUERY_METHOD_CONTAINS',
  'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE',
  'TEXT_QUERY_METHOD_ENDS_WITH',
  'TEXT_QUERY_METHOD_ENDS_WITH_IGNORE_CASE',
] as const

const header = (request: string) =>
  runes(request, 'HeaderName', 0).refine((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/.test(name), {
    error: `invalid ${request}.HeaderName: value must be a header name: letters, digits and hyphens`,
  })

/** Shown on the sign-in page, so hidden characters are refused. */
const providerName = (request: string) =>
  runes(request, 'Name', 1).refine((name) => !holdsUnseen(name), {
    error: `invalid ${request}.Name: value must be one line without control characters and characters that are not seen`,
  })

/** The four fields of ZITADEL's document, in the order in which they are checked. */
const jwtConfig = (request: string) => ({
  jwtEndpoint: webAddress(request, 'JwtEndpoint').describe('Where the browser is sent to fetch the JWT.'),
  issuer: runes(request, 'Issuer', 1).describe('Exactly the `iss` of the JWT.'),
  keysEndpoint: webAddress(request, 'KeysEndpoint').describe('The JWKS of the keys that sign the JWT.'),
  headerName: header(request).describe('The header the JWT is sent in; empty = Authorization.'),
})

const flag = z.boolean().prefault(false)

const ProviderOptions = z
  .object({
    isLinkingAllowed: flag,
    isCreationAllowed: flag,
    isAutoCreation: flag,
    isAutoUpdate: flag,
    autoLinking: protoEnum(autoLinkings),
  })
  .prefault({})

/** Trimmed text: the template endpoints trim. */
const trimmed = (request: string, field: string, schema: z.ZodType<string> = runes(request, field, 1)) =>
  z
    .string()
    .superRefine((text, ctx) => {
      for (const issue of schema.safeParse(text.trim()).error?.issues ?? []) {
        ctx.addIssue({ code: 'custom', message: issue.message })
      }
    })
    .meta({ maxLength: 200 })

const address = { format: 'uri' }

const providerFields = (request: string) => ({
  name: trimmed(request, 'Name', providerName(request)).prefault(''),
  issuer: trimmed(request, 'Issuer').prefault(''),
  jwtEndpoint: trimmed(request, 'JwtEndpoint', webAddress(request, 'JwtEndpoint')).prefault('').meta(address),
  keysEndpoint: trimmed(request, 'KeysEndpoint', webAddress(request, 'KeysEndpoint')).prefault('').meta(address),
  headerName: trimmed(request, 'HeaderName', header(request)).prefault(''),
  audience: trimmed(request, 'Audience', runes(request, 'Audience', 0))
    .optional()
    .meta({
      description: 'Must be one of `aud`. On an update, absent keeps what is stored and empty clears it.',
    }),
  providerOptions: ProviderOptions,
})

const TextMethod = protoEnum(textMethods)

const search = (request: string) => ({
  query: z.object({ offset: Uint, limit: Uint, asc: flag }).prefault({}),
  queries: z
    .array(
      z.object({
        idpIdQuery: z.object({ id: ourId(request, 'Id', 0) }).optional(),
        idpNameQuery: z.object({ name: runes(request, 'Name', 0), method: TextMethod }).optional(),
        ownerTypeQuery: z.object({ ownerType: protoEnum(ownerTypes) }).optional(),
      }),
    )
    .max(100)
    .prefault([]),
})

/** Body by level: messages have the name of that level's request. */
export const requests = (scope: Scope) => {
  const org = scope === 'management' ? 'Org' : ''
  const add = `Add${org}JWTIDPRequest`
  return {
    addJwtIdp: z.object({
      name: providerName(add),
      stylingType: protoEnum(stylingTypes),
      ...jwtConfig(add),
      autoRegister: flag.describe('Whether people who come for the first time are added.'),
    }),
    updateIdp: z.object({
      name: providerName(`Update${org}IDPRequest`),
      stylingType: protoEnum(stylingTypes),
      autoRegister: flag,
    }),
    updateJwtConfig: z.object(jwtConfig(`Update${org}IDPJWTConfigRequest`)),
    listIdps: z.object({ ...search(`List${org}IDPsRequest`), sortingColumn: protoEnum(sortingColumns) }),
    addJwtProvider: z.object(providerFields('AddJWTProviderRequest')),
    updateJwtProvider: z.object(providerFields('UpdateJWTProviderRequest')),
    listProviders: z.object(search('ListProvidersRequest')),
  }
}

type Requests = ReturnType<typeof requests>
export type AddJwtIdp = z.output<Requests['addJwtIdp']>
export type UpdateIdp = z.output<Requests['updateIdp']>
export type JwtConfig = z.output<Requests['updateJwtConfig']>
export type JwtProvider = z.output<Requests['addJwtProvider']>
export type Search = z.output<Requests['listProviders']> & { sortingColumn?: string | number }

/** Default values are left out of every answer. */
const JwtConfigAnswer = z.object({
  jwtEndpoint: z.string(),
  issuer: z.string(),
  keysEndpoint: z.string(),
  headerName: z.string().optional(),
  audience: z.string().optional(),
})

export const IdpAnswer = z
  .object({
    id: z.string(),
    details: Details,
    state: z.enum(['IDP_STATE_ACTIVE', 'IDP_STATE_INACTIVE']),
    name: z.string(),
    stylingType: z.enum(stylingTypes).optional(),
    owner: z.enum(ownerTypes),
    jwtConfig: JwtConfigAnswer,
    autoRegister: z.boolean().optional(),
  })
  .meta({ id: 'ZitadelIdp' })
export type IdpAnswer = z.output<typeof IdpAnswer>

export const ProviderOptionsAnswer = z.object({
  isLinkingAllowed: z.boolean().optional(),
  isCreationAllowed: z.boolean().optional(),
  isAutoCreation: z.boolean().optional(),
  isAutoUpdate: z.boolean().optional(),
  autoLinking: z.enum(autoLinkings).optional(),
})

const ProviderConfigAnswer = z.object({ options: ProviderOptionsAnswer, jwt: JwtConfigAnswer })

const provider = {
  id: z.string(),
  details: Details,
  state: z.enum(['IDP_STATE_ACTIVE', 'IDP_STATE_INACTIVE']),
  name: z.string(),
  config: ProviderConfigAnswer,
}

export const ProviderAnswer = z
  .object({ ...provider, owner: z.enum(ownerTypes), type: z.literal('PROVIDER_TYPE_JWT') })
  .meta({ id: 'ZitadelProvider' })
export type ProviderAnswer = z.output<typeof ProviderAnswer>

export const V2IdpAnswer = z.object({ ...provider, type: z.literal('IDP_TYPE_JWT') }).meta({ id: 'ZitadelV2Idp' })
export type V2IdpAnswer = z.output<typeof V2IdpAnswer>

export const listAnswer = <Item extends z.ZodType>(item: Item) =>
  z.object({
    details: z.object({
      totalResult: z.string().optional(),
      processedSequence: z.string().optional(),
      viewTimestamp: z.iso.datetime(),
    }),
    sortingColumn: z.enum(sortingColumns).optional(),
    result: z.array(item).optional(),
  })
