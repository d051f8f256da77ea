import { z } from 'zod'
import { RemoteUrl } from '@/lib/trust/key-sources/jwks-url'
import { IssuerName, ProjectLabel } from '@/lib/trust/kinds/issuer'
import { ClaimValues, Uint64 } from '../protocol'

const Project = z.strictObject({ id: ProjectLabel })

/**
 * Body as NativeFrame documents it. Go writes an empty list as `null` and an empty string as `""`, which mean absence.
 * `parse-issuer.ts` checks keys, `prm` and combinations.
 */
export const IssuerInput = z
  .strictObject({
    iss: IssuerName,
    project: Project,
    JWKsURL: z
      .union([z.literal(''), RemoteUrl])
      .nullish()
      .meta({ description: "URL of the JWKs public keys; without it `keys` are needed. The URL's keys come first." }),
    aud: ClaimValues.nullish().meta({ description: 'Audiences that are valid for this issuer; empty = any.' }),
    roles: ClaimValues.nullish().meta({ description: 'Roles that are allowed for this issuer; empty = all.' }),
    prm: Uint64.optional(),
    internal: z.boolean().nullish().meta({ description: 'Cannot be set: absent, or what is stored.' }),
    static: z.boolean().nullish().meta({ description: 'Cannot be set: absent, or what is stored.' }),
    keys: z
      .array(z.record(z.string().max(200), z.json(), 'A key is a JWK: an object that has a kty.'))
      .max(100, 'At most 100 keys.')
      .nullish()
      .meta({ description: 'JWK public keys used for this issuer; those of the URL win where a kid is the same.' }),
  })
  .meta({ id: 'IssuerInput' })
export type IssuerInput = z.output<typeof IssuerInput>

/** Answer: always every field. */
export const Issuer = z
  .object({
    iss: z.string(),
    project: z.object({ id: z.string() }),
    JWKsURL: z.string().meta({ description: '`""` = none.' }),
    aud: z.array(z.string()),
    roles: z.array(z.string()),
    prm: z.bigint().meta({
      override: { type: 'integer', format: 'uint64', minimum: 0 },
      description: 'Permissions that are allowed for this issuer, a bit each; 0 = all.',
    }),
    internal: z.boolean(),
    static: z.boolean(),
    keys: z
      .array(z.record(z.string(), z.json()))
      .meta({ description: 'Only the keys that were supplied, never those of the URL.' }),
  })
  .meta({ id: 'Issuer' })
export type Issuer = z.output<typeof Issuer>

export const IssuerListAnswer = z.object({ issuers: z.array(Issuer), total: z.number() })

export const IssuerQuery = z.strictObject({
  project: ProjectLabel.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
})

export const IssuerPath = z.object({
  iss: z
    .string()
    .min(1)
    .max(500)
    .meta({ description: 'The issuer, percent-encoded (`https%3A%2F%2F…`), or `id:` and its internal id.' }),
})

export const TestInput = z.strictObject({ token: z.string().min(1, 'Give the token.').max(100_000) })

export const TestAnswer = z
  .object({
    accepted: z.boolean(),
    decisionId: z.string(),
    checks: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['pass', 'fail', 'warn', 'skipped']),
        expected: z.string().optional(),
        received: z.string().optional(),
        message: z.string(),
        reason: z.string().optional(),
        fix: z.string().optional().meta({ description: 'What the owner can do; names the bits that are too much.' }),
      }),
    ),
  })
  .meta({ id: 'IssuerTest' })

export const KeysQuery = z.strictObject({
  iss: IssuerName,
  project: ProjectLabel.optional(),
  organizationSlug: z.string().max(200).optional(),
})

export const KeysAnswer = z.object({ keys: z.array(z.record(z.string(), z.string())) }).meta({ id: 'IssuerKeys' })

export const TokenInput = z.strictObject({
  token: z.string().min(1, 'Give the token.').max(100_000),
  organizationSlug: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Selects the organization where several trust the issuer.' }),
})

export const TokenAnswer = z
  .object({
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.number().meta({ description: 'Seconds; what was signed.' }),
    roles: z.array(z.string()),
    prm: z.bigint().meta({ override: { type: 'integer', format: 'uint64', minimum: 0 } }),
    decisionId: z.string(),
  })
  .meta({ id: 'IssuerToken' })
