import { z } from 'zod'
import { holdsUnseen, unseenMessage } from '@/lib/trust/unseen'
import {
  batchEventsMax,
  type StreamKind as Kind,
  type PauseReason as Pause,
  pauseReasons,
  streamKinds,
} from './stream-facts'

export * from './stream-facts'

export const StreamKind = z.enum(Object.keys(streamKinds) as [Kind, ...Kind[]])
export type StreamKind = Kind
export const StreamKinds = z.array(StreamKind)

export const PauseReason = z.enum(Object.keys(pauseReasons) as [Pause, ...Pause[]])
export type PauseReason = Pause

const name = z
  .string()
  .trim()
  .min(1, 'Give the stream a name.')
  .max(100, 'At most 100 characters.')
  .refine((text) => !holdsUnseen(text), unseenMessage)
const url = z.string().trim().min(1, 'Give the URL of the receiver.').max(2_000, 'At most 2000 characters.')
const kinds = StreamKinds.min(1, 'Choose at least one kind of events.')
  .max(Object.keys(streamKinds).length)
  .refine((chosen) => new Set(chosen).size === chosen.length, 'Name each kind once.')
const batchMax = z
  .number()
  .int()
  .min(1, 'At least 1.')
  .max(batchEventsMax, `At most ${batchEventsMax}.`)
  .meta({ description: 'Events of one request. 1: each is a CloudEvent; more: each is a JSON array of CloudEvents.' })
const caCert = z
  .string()
  .max(20_000, 'At most 20000 characters.')
  .meta({ description: 'PEM certificates trusted beside the built-in authorities; empty: none.' })

export const StreamInput = z
  .strictObject({ name, url, kinds, batchMax: batchMax.default(1), caCert: caCert.default('') })
  .meta({ id: 'StreamInput' })
export type StreamInput = z.output<typeof StreamInput>

export const StreamPatch = z
  .strictObject({
    ...{ name: name.optional(), url: url.optional(), kinds: kinds.optional() },
    ...{ batchMax: batchMax.optional(), caCert: caCert.optional() },
    version: z.number().int().min(1).optional().meta({
      description: 'The `version` that was read. If it has changed since, the answer is 409.',
    }),
  })
  .meta({ id: 'StreamPatch' })
export type StreamPatch = z.output<typeof StreamPatch>

export const StreamResumption = z
  .strictObject({
    from: z.enum(['where-it-was', 'now']).meta({
      description: '`where-it-was`: no event is skipped. `now`: events since the pause are not sent.',
    }),
  })
  .meta({ id: 'StreamResumption' })
