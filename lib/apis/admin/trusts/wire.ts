import { z } from 'zod'
import { kinds } from '@/lib/trust/kinds'
import { IssuerName, ProjectLabel } from '@/lib/trust/kinds/issuer'
import { SignInOptions, signInLifetime } from '@/lib/trust/kinds/sign-in'
import { Lifetime } from '@/lib/trust/policy'
import { TrustDraftFields, TrustFields } from '@/lib/trust/trust'
import { holdsUnseen, unseenMessage } from '@/lib/trust/unseen'

/** Checked on input only: names stored before stay readable. */
const TrustName = TrustDraftFields.shape.name.refine((name) => !holdsUnseen(name), unseenMessage)

/** What every trust is given, whatever its kind. */
const PolicyInput = TrustDraftFields.omit({ identityId: true })
  .extend({ name: TrustName })
  .partial({ name: true })
  .strict()

/** The trust of an identity. Identity and method are in the path. */
export const TrustInput = PolicyInput.extend({
  options: z.record(z.string(), z.json()).optional().meta({
    description: 'Fields that only this method has. A replacement without them keeps the stored ones.',
  }),
}).meta({ id: 'TrustInput' })
export type TrustInput = z.input<typeof TrustInput>

/** A standalone issuer. Its `issuer` cannot be changed. */
export const IssuerTrustInput = PolicyInput.extend({
  method: z.literal('issuer'),
  issuer: IssuerName,
  project: ProjectLabel.meta({ description: 'Label of its project, which is created if necessary.' }),
}).meta({ id: 'IssuerTrustInput' })
export type IssuerTrustInput = z.input<typeof IssuerTrustInput>

/** A provider that people sign in through. */
export const SignInTrustInput = PolicyInput.extend({
  method: z.literal('sign-in'),
  name: TrustName,
  issuer: z.string().min(1, 'Give the issuer, exactly as its tokens name it.').max(2048),
  lifetime: Lifetime.prefault(signInLifetime),
  signIn: SignInOptions.omit({ owner: true }).strict(),
}).meta({ id: 'SignInTrustInput' })
export type SignInTrustInput = z.input<typeof SignInTrustInput>

/** A trust not attached to an identity. */
export const StandaloneTrustInput = z
  .discriminatedUnion('method', [IssuerTrustInput, SignInTrustInput])
  .meta({ id: 'StandaloneTrustInput' })
export type StandaloneTrustInput = z.input<typeof StandaloneTrustInput>

export const TrustAnswer = TrustFields.extend({
  method: z.enum(kinds.kinds),
  /** Options under the name of the API that has them. */
  foreign: z.record(z.string(), z.json()).default({}),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  identityName: z.string().nullable().optional(),
}).meta({ id: 'Trust' })
export type TrustAnswer = z.output<typeof TrustAnswer>

export const TrustListAnswer = z.object({ trusts: z.array(TrustAnswer), next: z.uuid().nullable() })
export type TrustListAnswer = z.output<typeof TrustListAnswer>
