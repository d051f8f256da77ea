import { z } from 'zod'

export const CheckpointAnswer = z
  .object({
    seq: z.int().meta({ description: 'Its own entry; it signs the one before.' }),
    at: z.iso.datetime(),
    jws: z.string().meta({ description: 'Compact JWS (RFC 7515), EdDSA: log, seq, hash and at.' }),
  })
  .meta({ id: 'LogCheckpoint' })
export type CheckpointAnswer = z.output<typeof CheckpointAnswer>

export const CheckpointListAnswer = z.object({
  checkpoints: z.array(CheckpointAnswer),
  next: z.int().nullable().meta({ description: '`before` of the next page.' }),
})

export const LogHeadAnswer = z
  .object({
    log: z.string().meta({ description: 'Id of the organization; empty for records of none.' }),
    entries: z.int(),
    hash: z.string().nullable().meta({ description: 'Of the last entry; null where there is none.' }),
    sealedAt: z.iso.datetime().nullable(),
    unsealed: z.int().meta({ description: 'Records that are not in the log yet, counted up to 1 000.' }),
    checkpoint: z.object({ seq: z.int(), at: z.iso.datetime() }).nullable().meta({ description: 'The last one.' }),
    isComplete: z.boolean().meta({ description: 'Whether records that are older than the log have been taken up.' }),
  })
  .meta({ id: 'LogHead' })
export type LogHeadAnswer = z.output<typeof LogHeadAnswer>
