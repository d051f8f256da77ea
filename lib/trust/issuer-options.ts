import { z } from 'zod'
import { cutText } from './cut-text'
import type { KeyUse, TrustDraft } from './trust'
import { holdsUnseen } from './unseen'

/** Under which name the trust of an issuer keeps these in its `foreign`. */
export const issuerApi = 'nativeframe'

/** What may be bound is one line of text: control characters and such as are not seen are always a slip. */
export const oneLine = (value: string) => !holdsUnseen(value)

/** An exact `iss`. What is said of `id:` keeps the other name of an issuer in a path unambiguous. */
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

/** What is known of an issuer beside what the engine judges. */
export const IssuerOptions = z.object({
  /** Label of the project it stands under. */
  project: z.string(),
  /** Only an internal account may change it. */
  internal: z.boolean(),
  /** It comes from a configuration file, which alone may change it. */
  static: z.boolean(),
})
export type IssuerOptions = z.output<typeof IssuerOptions>

/** The options of a trust that stands alone for an issuer; null for a trust that is none. */
export function issuerOptionsOf(trust: { method: string; foreign: Record<string, unknown> }): IssuerOptions | null {
  if (trust.method !== 'issuer') return null
  return IssuerOptions.safeParse(trust.foreign[issuerApi]).data ?? null
}

type Draft = z.input<typeof TrustDraft>
type IssuerPolicy = Omit<Draft, 'method' | 'identityId' | 'foreign' | 'issuer' | 'name'> & {
  issuer: string
  name?: string | undefined
}

/** The trust that stands alone for an issuer, with an issuer's defaults where the policy says nothing else. */
export function toIssuerDraft(policy: IssuerPolicy, options: IssuerOptions): Draft {
  return {
    ...policy,
    method: 'issuer',
    identityId: null,
    name: policy.name ?? nameOf(policy.issuer),
    keyUse: policy.keyUse ?? issuerKeyUse,
    grant: { ...policy.grant, carry: policy.grant?.carry ?? carry },
    foreign: { [issuerApi]: options },
  }
}

/**
 * A token that names no key needs one that fits alone, and the last good keys of a failing URL serve for an hour
 * (NATIVEFRAME.md, "Keys").
 */
export const issuerKeyUse: KeyUse = { unnamed: 'only', staleSecondsMax: 3600 }

/** What the access tokens of an issuer carry on. */
const carry = { roles: 'texts', prm: 'uint64' } as const

/** A trust's name is shorter than an issuer may be; half a surrogate pair is no text. */
const nameOf = (iss: string) => cutText(iss, 200)
