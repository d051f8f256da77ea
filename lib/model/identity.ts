import { z } from 'zod'
import { roles } from '../trust/role'
import { holdsUnseen, unseenMessage } from '../trust/unseen'

const withoutControlCharacters = (value: string) => !/\p{Cc}/u.test(value)
const withoutUnseen = (value: string) => !holdsUnseen(value)

const canaryDescription = 'Every login as it is refused and opens an incident immediately. Needs the role admin.'
const placeDescription = 'Where the id of a canary is planted, for the incident. Needs the role admin.'

/** A name for people: trimmed, one line, 1…100 characters. */
export const Name = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, 'At most 100 characters.')
  .refine(withoutUnseen, unseenMessage)

/** Name of an access token, kept as sent: clients compare it. */
export const TokenName = z.string().max(200, 'At most 200 characters.').refine(withoutUnseen, unseenMessage)

/** Labels on an identity: at most 50, keys distinct. */
export const Metadata = z
  .array(
    z.strictObject({
      key: z.string().trim().min(1, 'Give a key.').max(255).refine(withoutUnseen, unseenMessage),
      value: z.string().max(1020).refine(withoutControlCharacters, 'No control characters.'),
    }),
  )
  .max(50)
  .superRefine((pairs, ctx) => {
    const seen = new Set<string>()
    for (const [index, { key }] of pairs.entries()) {
      if (seen.has(key)) {
        ctx.addIssue({ code: 'custom', path: [index, 'key'], message: `"${key}" is there twice.` })
      }
      seen.add(key)
    }
  })

/** Where a canary is planted, for the alarm. */
export const CanaryPlace = z
  .string()
  .trim()
  .max(200, 'At most 200 characters.')
  .refine(withoutControlCharacters, 'No control characters.')
  .refine(withoutUnseen, unseenMessage)

export const IdentityInput = z.strictObject({
  name: Name,
  role: z.enum(roles).default('no-access'),
  hasDeleteProtection: z.boolean().default(false),
  isCanary: z.boolean().default(false).meta({ description: canaryDescription }),
  canaryPlace: CanaryPlace.default('').meta({ description: placeDescription }),
  metadata: Metadata.default([]),
})

export const IdentityPatch = z.strictObject({
  name: Name.optional(),
  role: z.enum(roles).optional(),
  hasDeleteProtection: z.boolean().optional(),
  isCanary: z.boolean().optional().meta({ description: canaryDescription }),
  canaryPlace: CanaryPlace.optional().meta({ description: placeDescription }),
  metadata: Metadata.optional(),
})
