import { z } from 'zod'
import { Reason } from '@/lib/model/reason'
import { RuleName } from '@/lib/model/rule-name'
import { kinds } from '@/lib/trust/kinds'
import { IssuerName, ProjectLabel } from '@/lib/trust/kinds/issuer'
import { SignInOptions, signInLifetime } from '@/lib/trust/kinds/sign-in'
import { Lifetime } from '@/lib/trust/policy'
import { TrustDraftFields, TrustFields } from '@/lib/trust/trust'
import { holdsUnseen, unseenMessage } from '@/lib/trust/unseen'

/** Checked on input only: names stored before stay readable. */
const TrustName = TrustDraftFields.shape.name.refine((name) => !holdsUnseen(name), unseenMessage)

/** What is said beside a trust; it is not part of it. */
export const ChangeReasons = z.object({
  reason: Reason.optional().meta({
    description:
      'The reason; required if an enabled trust would accept tokens that it did not accept when it was last enabled. It is audited.',
  }),
  override: z
    .strictObject({
      rules: z.array(RuleName).min(1).max(100).meta({ description: 'Each rule with `blocks` that finds something.' }),
      reason: Reason,
    })
    .optional()
    .meta({
      description:
        'Saves an enabled trust although rules find something for which it is not enabled. The audit keeps it.',
      examples: [{ rules: ['L08'], reason: 'The old jobs ask for the audience of AWS until June.' }],
    }),
})
export type ChangeReasons = z.output<typeof ChangeReasons>

/** Of every operation that takes them. */
export const justified =
  'An enabled trust for which a rule with `blocks` finds something is refused (400, `override_needed`) without `override`, and so is, without `reason`, a change after which an enabled trust accepts tokens that it did not accept when it was last enabled (400, `reason_needed`).'

/** Fields that a client sends for every kind of trust. */
const PolicyInput = TrustDraftFields.omit({ identityId: true })
  .extend({ name: TrustName, ...ChangeReasons.shape })
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

export const TrustRulesAnswer = z.object({
  trusts: z.array(
    TrustFields.pick({ id: true, issuer: true }).extend({
      rules: TrustFields.shape.rules.nullable().meta({ description: 'Null where they cannot be read.' }),
    }),
  ),
  next: z.uuid().nullable(),
})
export type TrustRulesAnswer = z.output<typeof TrustRulesAnswer>

export const TrustVersionListAnswer = z.object({
  versions: z.array(
    z
      .object({
        trustId: z.uuid(),
        version: z.int(),
        organizationId: z.uuid(),
        at: z.iso.datetime(),
        actorKind: z.string().nullable().meta({ description: 'Null where it is not known.' }),
        actorId: z.string().nullable(),
        actorName: z.string().nullable(),
      })
      .meta({ id: 'TrustVersion' }),
  ),
  next: z.int().nullable().meta({ description: '`before` of the next page.' }),
})
export type TrustVersionListAnswer = z.output<typeof TrustVersionListAnswer>
