import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { batchEventsMax } from '@/lib/model/stream'
import { jsonText } from '@/lib/trust/json/json-text'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { ReadEvents, StreamEvent } from './read-events'
import type { StreamRow } from './stream-row'

/** A request holds no more, unless one event does. */
const batchCharactersMax = 256 * 1024
const place = z.int().min(1)

/**
 * The request that comes next in a stream, which is stored before it is sent: until it was answered with success the same events are sent with the same
 * numbers, whatever kinds are chosen and whatever happens meanwhile.
 */
const Pending = z.strictObject({
  /** Entries of the log whose events it has. */
  entries: z.array(place).min(1).max(batchEventsMax),
  /** The number of the first of them; those that follow have the numbers that follow. */
  number: place,
  /** How many of them are sent at once: all, or fewer after 413. */
  take: place,
  /** The place of the stream in the log once all of them are delivered. */
  seq: place,
})
export type Pending = z.output<typeof Pending>
export type NumberedEvent = StreamEvent & { sequence: string }
export type Message = { id: string; body: string; type: string }

/** What a row has stored; null where nothing is, or it cannot be read. */
export const pendingOf = ({ pending }: Pick<StreamRow, 'pending'>): Pending | null => storedOrNull(pending, Pending)

/** As many of the events as one request takes, with the numbers after those that were given. */
export function pendingFor({ batchMax, numbered }: StreamRow, { events, seq }: ReadEvents): Pending {
  let characters = 0
  const fit = events.findIndex((event) => {
    characters += jsonText(event).length
    return characters > batchCharactersMax
  })
  const count = Math.min(fit < 0 ? events.length : Math.max(1, fit), batchMax)
  const entries = events.slice(0, count).map(({ data }) => data.log.seq)
  return { entries, number: numbered + 1, take: count, seq: count < events.length ? (entries.at(-1) ?? seq) : seq }
}

/** Entries that are sent in one request; never more than the stream's own number, which may have been lowered since. */
export const entriesAtOnce = ({ entries, take }: Pending, { batchMax }: Pick<StreamRow, 'batchMax'>) =>
  entries.slice(0, Math.min(take, batchMax))

/** What is left after so many entries were delivered; null when all were. */
export function afterDelivered({ entries, number, take, seq }: Pending, count: number): Pending | null {
  return count < entries.length ? { entries: entries.slice(count), number: number + count, take, seq } : null
}

/** Each with the number that was kept for its entry. One whose entry cannot be read leaves a hole. */
export function numberedEvents({ entries, number }: Pending, events: readonly StreamEvent[]): NumberedEvent[] {
  return events.map((event) => {
    const sequence = `${number + entries.indexOf(event.data.log.seq)}`.padStart(10, '0')
    return { ...event, sequence }
  })
}

/**
 * One event, or a list where the stream wants lists (JSON format and JSON batch format of CloudEvents 1.0). The id follows from the events and their
 * numbers, so requests with other events have other ids.
 */
export async function messageOf(
  events: readonly NumberedEvent[],
  { batchMax }: { batchMax: number },
): Promise<Message> {
  const [first] = events
  if (batchMax === 1) return { id: first?.id ?? '', body: jsonText(first), type: 'application/cloudevents+json' }
  const id = await sha256Hex(events.map(({ id, sequence }) => `${sequence} ${id}`).join('\n'))
  return { id, body: jsonText(events), type: 'application/cloudevents-batch+json' }
}
