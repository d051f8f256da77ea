import { z } from 'zod'
import { tokenCharactersMax } from '../trust/engine/token'
import { EvaluationAnswer } from './evaluation'

/** How long an inbox takes a token, in seconds. */
export const inboxSeconds = 600

/** An inbox as its owner sees it. */
export const TokenInboxAnswer = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().meta({ description: 'Ten minutes after it was opened; then it is removed.' }),
    caughtAt: z.iso.datetime().nullable().meta({ description: 'When its token came.' }),
    evaluation: EvaluationAnswer.nullable().meta({
      description: 'The verdict by the draft, with header and claims; null until the token is judged.',
    }),
  })
  .meta({ id: 'TokenInbox' })
export type TokenInboxAnswer = z.output<typeof TokenInboxAnswer>

export const OpenedInboxAnswer = TokenInboxAnswer.extend({
  secret: z.string().meta({ description: 'Sent with the token. It is in this answer and nowhere else.' }),
}).meta({ id: 'OpenedTokenInbox' })
export type OpenedInboxAnswer = z.output<typeof OpenedInboxAnswer>

/** What a workload sends. */
export const CaughtToken = z
  .strictObject({
    inbox: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, 'Give the secret of the inbox: 43 letters, digits, - or _.')
      .meta({
        description: 'The secret of the inbox.',
        examples: ['2c1bW4cJ0m8H5rX9sQeKfT3vN6yZ7aL1uPdGhRoIjxU'],
      }),
    token: z
      .string()
      .min(1, 'Give the token.')
      .max(tokenCharactersMax, `Use at most ${tokenCharactersMax} characters.`)
      .meta({ description: 'As a login would send it. Its signature is verified and dropped.' }),
  })
  .meta({ id: 'CaughtToken' })
export type CaughtToken = z.input<typeof CaughtToken>
