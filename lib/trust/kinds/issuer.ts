import { z } from 'zod'
import { cutText } from '../cut-text'
import type { JsonObject } from '../json/json'
import { type KeyUse, Lifetime, type TrustPolicy } from '../policy'
import { holdsUnseen } from '../unseen'
import { defineKind } from './kind'
import { outlines } from './outline'
import { exactAudience } from './published-rules'

/** A value to bind is one line of text: control and invisible characters are always a mistake. */
export const oneLine = (value: string) => !holdsUnseen(value)

/** An exact `iss`. It must not begin with `id:`, so that an internal id in a path is unambiguous. */
export const IssuerName = z
  .string()
  .min(1, 'Give the issuer, exactly as its tokens name it.')
  .max(500)
  .refine(oneLine, 'An issuer is one line without control characters.')
  .refine((iss) => !/^id:[0-9a-f-]{36}$/i.test(iss), 'An issuer cannot look like the internal id of one.')
  .meta({ description: 'Issuer of the JWT, exact and case-sensitive.' })

/** The label of a project inside the organization. */
export const ProjectLabel = z
  .string()
  .min(1, 'Give the project.')
  .max(200)
  .refine(oneLine, 'A project is one line without control characters.')

export const IssuerOptions = z.object({
  /** Label of the project the issuer is filed under; null where it was not created through NativeFrame's API. */
  project: z.string().nullable().default(null),
  /** Only an internal account may change it. */
  internal: z.boolean().default(false),
  /** It comes from a configuration file, which alone may change it. */
  static: z.boolean().default(false),
})
export type IssuerOptions = z.output<typeof IssuerOptions>

/**
 * A token without a `kid` needs exactly one key that fits, and the last good keys of a failing URL are used for an hour
 * (docs/apis/nativeframe.md, "Keys").
 */
const issuerKeyUse: KeyUse = { unnamed: 'only', staleSecondsMax: 3600 }

/** Claims that the access tokens of an issuer repeat. */
const issuerCarry = { roles: 'texts', prm: 'uint64' } as const

/** A trust not attached to an identity: it accepts the tokens of one issuer, with the roles and permissions they claim. */
export const issuer = defineKind({
  kind: 'issuer',
  ...outlines.issuer,
  options: IssuerOptions.prefault({}),
  isFoundByIssuer: true,
  countMax: null,
  issuesTokens: true,
  audienceMatcher: 'equals-any',
  keySource: 'jwks-url',
  defaults: { keyUse: issuerKeyUse, lifetime: Lifetime.parse({}), rules: [] },
  publishedRules: (values) => [
    exactAudience(values),
    { path: 'roles', matcher: { kind: 'subset-of', values }, whenAbsent: 'allow' },
  ],
  toPublished: (options): JsonObject => (options.project === null ? {} : { nativeframe: options }),
  standInOptions: { project: '', internal: false, static: false },
  notFound: 'There is no such issuer.',
  exists: {
    kind: 'conflict',
    reason: 'issuer_exists',
    message: 'This organization has an issuer of that name already.',
  },
  fixed(options) {
    if (options.static) {
      const message =
        'This issuer comes from a configuration file (KEYBOUND_STATIC_ISSUERS). Change it there and restart.'
      return { title: 'From a file', reason: 'static_issuer', message }
    }
    if (!options.internal) return null
    const message = 'This issuer is internal: only an internal account may change it.'
    return { title: 'Internal', reason: 'internal_issuer', message }
  },
  project: ({ project }) => project,
  // Whose administrators manage it, and under whose name its tokens are accepted.
  opens: ({ project }) => ({ project: project ?? '' }),
})

type IssuerPolicy = z.input<typeof TrustPolicy> & { issuer: string; name?: string | undefined; enabled?: boolean }

/** A draft of a trust for an issuer, with the kind's defaults where the policy says nothing else. */
export function toIssuerDraft({ name, ...policy }: IssuerPolicy, options: z.input<typeof IssuerOptions>) {
  return {
    ...policy,
    kind: issuer.kind,
    identityId: null,
    // A trust's name is shorter than an issuer may be.
    name: name ?? cutText(policy.issuer, 200),
    keyUse: policy.keyUse ?? issuerKeyUse,
    grant: { ...policy.grant, carry: policy.grant?.carry ?? issuerCarry },
    options,
  }
}
