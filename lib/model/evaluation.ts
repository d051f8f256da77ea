import { z } from 'zod'
import { PresetAnswer } from './posture'

/*
 * What judging a token answers, as plain data: the same for our API and the command line.
 */

export const CheckAnswer = z
  .object({
    id: z.string(),
    status: z.enum(['pass', 'fail', 'warn', 'skipped']),
    title: z.string(),
    message: z.string(),
    reason: z.string().optional(),
    expected: z.string().optional(),
    received: z.string().optional(),
    fix: z.string().optional(),
    suggestion: z.string().optional(),
    field: z.string().optional(),
    trusted: z.boolean(),
  })
  .meta({ id: 'Check' })
export type CheckAnswer = z.output<typeof CheckAnswer>

const Members = z.record(z.string(), z.unknown())

export const EvaluationAnswer = z
  .object({
    accepted: z.boolean(),
    decisive: z
      .string()
      .nullable()
      .meta({ description: 'Id of the failed check that decides; null where the token is accepted.' }),
    checks: z.array(CheckAnswer).meta({ description: 'All, in the order of docs/verification.md.' }),
    header: Members.nullable(),
    claims: Members.nullable(),
    key: z
      .object({
        source: z.number().meta({ description: 'Index into the `keys` of the trust.' }),
        kid: z.string().nullable(),
        thumbprint: z.string().meta({ description: 'RFC 7638, SHA-256, base64url.' }),
      })
      .nullable()
      .meta({ description: 'The key that the signature verifies with.' }),
    grant: z
      .object({
        subject: z.string().nullable(),
        ttlSeconds: z.number(),
        expiresAt: z.iso.datetime(),
        maxExpiresAt: z.iso.datetime().meta({ description: 'The latest moment that renewals reach.' }),
        usesMax: z.number().meta({ description: '0 = unlimited.' }),
        trustedIps: z.array(z.string()),
        metadata: Members,
        claims: Members.optional().meta({ description: 'Claims that are passed through to the access token.' }),
      })
      .nullable()
      .meta({ description: 'The access token that a login would get; null where it is refused.' }),
    preset: PresetAnswer.nullable().meta({
      description: 'The platform whose tokens look like this one. It is derived from unverified claims.',
    }),
    format: z.object({ id: z.string(), title: z.string() }).nullable().meta({ description: 'Of its subject.' }),
    causes: z
      .array(
        z.object({
          field: z
            .string()
            .meta({ description: 'The part of the trust that refuses, as its check names it.', examples: ['rules.1'] }),
          causes: z.array(z.string()).meta({ description: 'Sentences, the likeliest first.' }),
        }),
      )
      .optional()
      .meta({
        description:
          'Why issuer and rules refuse the token, according to the preset of its platform. Absent if it was not requested.',
      }),
    at: z.iso.datetime().meta({ description: 'The time at which the token was judged.' }),
  })
  .meta({ id: 'Evaluation' })
export type EvaluationAnswer = z.output<typeof EvaluationAnswer>
