import { z } from 'zod'
import { PauseReason, StreamKind } from '@/lib/model/stream'

const time = z.iso.datetime()

export const StreamAnswer = z
  .object({
    ...{ id: z.uuid(), name: z.string() },
    url: z
      .string()
      .meta({ description: 'For actors who may only read, without its path, which often contains a token.' }),
    ...{ caCert: z.string(), kinds: z.array(StreamKind), batchMax: z.number() },
    state: z.enum(['active', 'failing', 'paused']),
    pausedAt: time.nullable(),
    pausedReason: PauseReason.nullable(),
    pausedByName: z.string().nullable(),
    behind: z.number().meta({ description: 'Entries of the evidence log that were not looked at yet.' }),
    sent: z.number().meta({ description: 'Events that were delivered.' }),
    requests: z.number().meta({ description: 'Requests that were made.' }),
    failures: z.number().meta({ description: 'Requests that failed in a row.' }),
    failingSince: time.nullable(),
    lastFailure: z.string().nullable(),
    nextAt: time.meta({ description: 'No request is sent before this time.' }),
    lastDeliveredAt: time.nullable(),
    version: z.number().meta({ description: 'Grows with every change.' }),
    createdAt: time,
    createdByName: z.string().nullable(),
  })
  .meta({ id: 'Stream' })
export type StreamAnswer = z.output<typeof StreamAnswer>

export const StreamListAnswer = z.object({ streams: z.array(StreamAnswer) })
export type StreamListAnswer = z.output<typeof StreamListAnswer>

const Secret = z.object({
  secret: z
    .string()
    .meta({ description: 'The secret that signs requests (Standard Webhooks). Only this answer contains it.' }),
})
export const StreamSecretAnswer = Secret.meta({ id: 'StreamSecret' })
export type StreamSecretAnswer = z.output<typeof StreamSecretAnswer>
export const CreatedStreamAnswer = StreamAnswer.extend(Secret.shape).meta({ id: 'CreatedStream' })
export type CreatedStreamAnswer = z.output<typeof CreatedStreamAnswer>

const outcome = {
  ok: z.boolean(),
  status: z.number().nullable().meta({ description: 'HTTP status; null where there was no answer.' }),
  message: z.string(),
  latencyMs: z.number(),
  answer: z.string().nullable().meta({
    description: 'The beginning of a failed answer; only for actors who may change streams.',
  }),
}
export const StreamTestAnswer = z.object(outcome).meta({ id: 'StreamTest' })
export type StreamTestAnswer = z.output<typeof StreamTestAnswer>

export const DeliveryAnswer = z
  .object({
    number: z.number(),
    at: time,
    kind: z.string().meta({ description: '`events` or `test`.' }),
    messageId: z.string().meta({ description: 'The `webhook-id`.' }),
    firstSeq: z.number().nullable().meta({ description: 'Entries of the evidence log it was about.' }),
    lastSeq: z.number().nullable(),
    events: z.number(),
    ...outcome,
  })
  .meta({ id: 'StreamDelivery' })
export type DeliveryAnswer = z.output<typeof DeliveryAnswer>

export const DeliveryListAnswer = z.object({
  deliveries: z.array(DeliveryAnswer),
  next: z.number().nullable().meta({ description: 'Pass it as `before` to get the next page; null at the end.' }),
})
export type DeliveryListAnswer = z.output<typeof DeliveryListAnswer>
