import { LRUCache } from 'lru-cache'
import type { Db } from '@/lib/db/client'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { isRemote, type RemoteKeySource } from '@/lib/trust/policy'
import type { Trust } from '@/lib/trust/trust'
import { keptText } from './published-key'
import { type FetchRecord, recordFetch } from './record-fetch'
import { checkSoon } from './write-key-sources'

/**
 * Records fetches and uses of key sources in the background: no caller waits, and a failed write fails no login. One per
 * process.
 */
export type KeySourceRecorder = {
  /** Records a fetch. Of several that wait to be written, the last counts. */
  fetched(source: RemoteKeySource, result: FetchedKeys): void
  /** Records which key verified a login, or which missing one it named. At most once a minute per key. */
  judged(trust: Pick<Trust, 'keys'>, verdict: Verdict): void
  /** Resolves when everything recorded so far is written, or has failed. */
  settled(): Promise<void>
}

type Options = {
  db: () => Db
  now?: () => Date
  /** Milliseconds that only grow. */
  monotonic?: () => number
  onError: (error: unknown) => void
}

const noteEveryMs = 60_000
/** Notes that may wait, and notes remembered as written. */
const waitingMax = 1_000
const rememberedMax = 10_000

export function createKeySourceRecorder({
  db,
  now = () => new Date(),
  monotonic = () => performance.now(),
  onError,
}: Options): KeySourceRecorder {
  const fetches = new Map<string, FetchRecord>()
  const notedAt = new LRUCache<string, number>({ max: rememberedMax })
  let tail = Promise.resolve()
  let waiting = 0

  return {
    fetched(source, result) {
      const id = keySourceId(source)
      const isWaiting = fetches.has(id)
      fetches.set(id, { source, result, at: now() })
      if (isWaiting) return
      enqueue(async () => {
        const record = fetches.get(id)
        fetches.delete(id)
        if (record) await recordFetch(db(), record, now())
      })
    },

    judged({ keys }, { accepted, key, header, checks }) {
      const used = key && keys[key.source]
      if (accepted && used && isRemote(used)) {
        const where = {
          sourceId: keySourceId(used),
          kid: key.kid === null ? null : keptText(key.kid),
          thumbprint: key.thumbprint,
        }
        note(`used ${where.sourceId} ${where.thumbprint}`, (at) =>
          db().keySourceKey.updateMany({ where, data: { lastUsedAt: at } }),
        )
      }
      const kid = keptText(header?.kid)
      if (accepted || kid === null || !checks.some(({ reason }) => reason === 'key_not_found')) return
      const sourceIds = keys.filter(isRemote).map(keySourceId)
      if (sourceIds.length === 0) return
      note(`missed ${sourceIds.join()} ${kid}`, async (at) => {
        const written = await db().keySourceKey.updateMany({
          where: { sourceId: { in: sourceIds }, kid, removedAt: { not: null } },
          data: { lastMissedAt: at },
        })
        if (written.count > 0) {
          await checkSoon(
            db(),
            sourceIds.map((sourceId) => ({ sourceId })),
          )
        }
        return written
      })
    },

    settled: () => tail,
  }

  function note(what: string, write: (at: Date) => Promise<{ count: number }>): void {
    const at = now()
    const before = notedAt.peek(what)
    if (waiting >= waitingMax || (before !== undefined && monotonic() - before < noteEveryMs)) return
    notedAt.set(what, monotonic())
    enqueue(async () => {
      const { count } = await write(at)
      // Its row may be written by another server a moment later.
      if (count === 0 && what.startsWith('used ')) notedAt.delete(what)
    })
  }

  // One after another: a key's row is there before its first use is noted.
  function enqueue(job: () => Promise<void>): void {
    waiting += 1
    tail = tail
      .then(job)
      .catch(onError)
      .finally(() => {
        waiting -= 1
      })
  }
}
