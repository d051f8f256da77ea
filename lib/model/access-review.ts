import { z } from 'zod'
import { roles } from '@/lib/trust/role'
import { holdsUnseen, unseenMessage } from '@/lib/trust/unseen'
import { itemDecisionNames, reviewedKindNames } from './access-review-facts'
import { Reason } from './reason'

export const ReviewedKind = z.enum(reviewedKindNames)
export type ReviewedKind = z.output<typeof ReviewedKind>

export const reviewStates = ['collecting', 'open', 'closed'] as const
export const ReviewState = z.enum(reviewStates)
export type ReviewState = z.output<typeof ReviewState>

export const ItemDecision = z.enum(itemDecisionNames)
export type ItemDecision = z.output<typeof ItemDecision>

/** Reviews of an organization that are not closed. */
export const openReviewsMax = 20
/** People who decide beside admins. */
export const reviewersMax = 50

export const ReviewScope = z.strictObject({
  kinds: z
    .array(ReviewedKind)
    .min(1, 'Choose at least one kind of things.')
    .max(reviewedKindNames.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'Name each kind once.'),
  role: z.enum(roles).optional().meta({
    description: 'Only things that have or give this role: identities, their trusts and tokens, and people.',
  }),
  onlyWide: z.boolean().default(false).meta({
    description: 'Only things with a critical or high finding, or with an attack story that gets in.',
  }),
  notReviewedDays: z.int().min(1, 'At least 1.').max(3650, 'At most 3650.').optional().meta({
    description: 'Only things that no review has decided on for this many days.',
  }),
})
export type ReviewScope = z.output<typeof ReviewScope>

const name = z
  .string()
  .trim()
  .min(1, 'Give the review a name.')
  .max(100, 'At most 100 characters.')
  .refine((text) => !holdsUnseen(text), unseenMessage)

const dueAt = z.iso.datetime({ error: 'Give a date and time, such as 2027-01-31T17:00:00Z.' }).meta({
  description: 'When every item must be decided: in the future, and at most a year ahead.',
})
const reviewers = z.array(z.uuid()).max(reviewersMax, `At most ${reviewersMax}.`)
const reviewersMeta = {
  description: 'Ids of members who decide beside admins; each needs the role member or admin.',
}
const once = (ids: string[]) => [...new Set(ids)]

export const ReviewInput = z
  .strictObject({
    ...{ name, dueAt },
    reviewers: reviewers.default([]).transform(once).meta(reviewersMeta),
    scope: ReviewScope,
  })
  .meta({ id: 'AccessReviewInput' })
export type ReviewInput = z.output<typeof ReviewInput>

/** What of a review can be changed. */
export const ReviewPatch = z
  .strictObject({
    name: name.optional(),
    dueAt: dueAt.optional(),
    reviewers: reviewers.transform(once).optional().meta(reviewersMeta),
  })
  .meta({ id: 'AccessReviewPatch' })
export type ReviewPatch = z.output<typeof ReviewPatch>

/** What a reviewer decides. */
export const verdicts = ['keep', 'narrow', 'remove'] as const

export const ItemPatch = z
  .strictObject({
    decision: z.enum(verdicts).meta({
      description:
        '`remove` removes the identity, trust or person, or revokes the token, at once. `narrow`: it is settled when it accepts less, or has a lower role.',
    }),
    reason: Reason.optional().meta({
      description:
        'Required for keeping what is wide or could not be judged, for removing, and for overriding a decision.',
    }),
    mark: z.string().max(100).optional().meta({
      description: 'The `mark` that was read. If the thing has changed since, the answer is 409.',
    }),
    version: z.int().min(0).max(2_147_483_647).optional().meta({
      description:
        'The `version` of the item that was read. If another decision was made since, the answer is 409. Required, with a reason, for overriding a decision.',
    }),
  })
  .meta({ id: 'AccessReviewDecision' })
export type ItemPatch = z.output<typeof ItemPatch>

/** Items that one request decides the same on, and of which it tells what goes with them. */
export const [decidedAtOnceMax, losingAtOnceMax] = [50, 100]

export const ItemsPatch = z
  .strictObject({
    decision: z.enum(verdicts).meta({ description: 'As for one item. Earlier decisions are not overridden.' }),
    reason: Reason.meta({ description: 'The reason, which is audited for each item.' }),
    items: z
      .array(
        z.strictObject({
          number: z.int().min(1).max(2_147_483_647),
          mark: z.string().max(100).optional().meta({ description: 'The `mark` that was read of it.' }),
        }),
      )
      .min(1, 'Choose at least one item.')
      .max(decidedAtOnceMax, `At most ${decidedAtOnceMax} at once.`)
      .refine((items) => new Set(items.map(({ number }) => number)).size === items.length, 'Name each item once.'),
  })
  .meta({ id: 'AccessReviewDecisions' })
export type ItemsPatch = z.output<typeof ItemsPatch>

/** Items that one request keeps, and looks at. */
export const keptAtOnceMax = 100

export const ItemFinding = z.object({ id: z.string(), severity: z.string(), title: z.string() })

/** A decision that another one overrides. */
export const FormerDecision = z.object({
  decision: ItemDecision,
  ...{ reason: z.string().nullable(), decidedAt: z.string().nullable() },
  ...{ decidedById: z.string().nullable(), decidedByName: z.string().nullable() },
})
export type FormerDecision = z.output<typeof FormerDecision>

/** What a thing allows, at one time. */
export const ReviewSnapshot = z.object({
  name: z.string(),
  /** In one sentence. */
  sentence: z.string(),
  role: z.string().nullable(),
  /** The last login, sign-in or use. */
  lastUsedAt: z.string().nullable(),
  enabled: z.boolean().nullable(),
  /** Kind and version of a trust. */
  method: z.string().nullable(),
  version: z.number().nullable(),
  findings: z.array(ItemFinding),
  /** Attack stories of a trust that get in, of those that were judged. */
  strangers: z.object({ admitted: z.number(), total: z.number() }).nullable(),
  /** The identity or trust that it belongs to. */
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  isWide: z.boolean(),
  /** `waiting`: findings or attack stories are still to be judged; `failed`: they could not be. */
  judged: z.enum(['yes', 'waiting', 'failed']).default('yes'),
})
export type ReviewSnapshot = z.output<typeof ReviewSnapshot>

/** Whether findings and strangers ask for a reason to keep something. */
export const isWide = ({ findings, strangers }: Pick<ReviewSnapshot, 'findings' | 'strangers'>): boolean =>
  findings.some(({ severity }) => severity === 'critical' || severity === 'high') || (strangers?.admitted ?? 0) > 0

/** Tells what became of a thing since its snapshot, in sentences; its last use is left out. */
export function changesSince(then: ReviewSnapshot, now: ReviewSnapshot | null): string[] {
  if (!now) return ['It no longer exists.']
  const known = new Set(then.findings.map(({ id }) => id))
  const still = new Set(now.findings.map(({ id }) => id))
  return [
    ...(then.name === now.name ? [] : [`It was named “${then.name}” and is named “${now.name}” now.`]),
    ...(then.role === now.role ? [] : [`Its role was ${then.role ?? 'none'} and is ${now.role ?? 'none'} now.`]),
    ...(then.enabled === now.enabled ? [] : [now.enabled ? 'It was enabled.' : 'It was disabled.']),
    ...(then.version === now.version ? [] : [`Version ${then.version} became version ${now.version}.`]),
    ...(then.sentence === now.sentence ? [] : [`It was: ${then.sentence}`]),
    ...now.findings.filter(({ id }) => !known.has(id)).map(({ title }) => `New finding: ${title}.`),
    ...then.findings.filter(({ id }) => !still.has(id)).map(({ title }) => `No longer found: ${title}.`),
  ]
}
