import { type Db, db } from '@/lib/db/client'
import { guardedPost } from '@/lib/net/guarded-post'
import { announceIncidents } from '@/lib/services/incident/announce-incidents'
import { announceFindings } from '@/lib/services/posture/announce-findings'
import { type Delivering, deliverStream } from '@/lib/services/stream/deliver'
import { type DueStream, dueStreams } from '@/lib/services/stream/due-streams'
import { allowedReceivers } from '@/lib/services/stream/require-receiver'
import { logFailure } from './database-health'
import { leasedRounds, type Round } from './leased-rounds'

const roundMs = 2_000
/** Streams that are sent at a time, of all organizations and of one, so that slow receivers of one do not keep those of others waiting. */
const sendingMax = { all: 32, each: 4 }
/** After so long another stream of the organization gets its turn. */
const turnMs = 20_000
/** A stream whose sending ends in an error, because what became of a request cannot be stored, waits so long, twice as long after each, and at most so long. */
const errorWaitMs = { first: 4_000, max: 3_600_000 }

type Deps = { database?: () => Db; everyMs?: number; post?: Delivering['post'] }

/** Puts incidents and findings in the evidence logs, and sends streams, beside the requests: each in order, one request at a time, several side by side. */
export function startStreaming({
  database = db,
  everyMs = roundMs,
  post = sendGuarded,
}: Deps = {}): () => Promise<void> {
  const sending = new Map<string, { organizationId: string; done: Promise<void> }>()
  const ended = new Map<string, { waitMs: number; untilMs: number }>()

  const mayBegin = ({ id, organizationId }: DueStream) => {
    const own = [...sending.values()].filter((one) => one.organizationId === organizationId).length
    const isWaiting = performance.now() < (ended.get(id)?.untilMs ?? 0)
    return !isWaiting && !sending.has(id) && own < sendingMax.each && sending.size < sendingMax.all
  }
  const begin = ({ id, organizationId }: DueStream, { mayGoOn }: Round) => {
    const untilMs = performance.now() + turnMs
    const deps = { db: database(), now: () => new Date(), post }
    const done = deliverStream(deps, id, async () => performance.now() < untilMs && (await mayGoOn()))
      .then(
        () => void ended.delete(id),
        (error: unknown) => {
          const waitMs = Math.min(2 * (ended.get(id)?.waitMs ?? errorWaitMs.first / 2), errorWaitMs.max)
          ended.set(id, { waitMs, untilMs: performance.now() + waitMs })
          logFailure(error, 'sending a stream failed')
        },
      )
      .then(() => void sending.delete(id))
    sending.set(id, { organizationId, done })
  }

  return leasedRounds({
    ...{ name: 'streams', everyMs, database, failed: 'looking for streams to send failed' },
    async work(round) {
      const now = new Date()
      while (!(await announceIncidents(database(), now)).isDone && (await round.mayGoOn()));
      while (!(await announceFindings(database(), now)).isDone && (await round.mayGoOn()));
      const due = shuffled(await dueStreams(database(), new Date()))
      for (const stream of due) if (mayBegin(stream)) begin(stream, round)
    },
    async settled() {
      await Promise.all([...sending.values()].map(({ done }) => done))
    },
  })
}

const sendGuarded: Delivering['post'] = (request) => guardedPost(request, { allowed: allowedReceivers() })

/** In another order each time, so that none is always last. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item)
}
