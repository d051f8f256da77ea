import { LRUCache } from 'lru-cache'
import type { Db } from '@/lib/db/client'
import { perProcess } from '@/lib/per-process'
import type { Context } from '../context'
import { logFailed } from '../failure-log'
import { announceIncidents } from './announce-incidents'
import { countNow } from './count-now'

type Raising = {
  pending: Map<string, Set<string>>
  /** When an alarm was raised last. */
  raised: LRUCache<string, number>
  done: Promise<void> | null
}

const raising = perProcess<Raising>('raising-incidents')

type Raised = {
  /** The evidence log of its organization. */
  log: string
  /** The row of the decision that raises it. */
  decisionId: string
  /** The canary, decoy token or trust that it is about. */
  of: string
}

/** An alarm is raised at once so often; what comes in between is counted by the next round of grouping, as it is in the log. */
const raisedEveryMs = 1_000
const alarmsMax = 10_000

/**
 * Counts a recorded decision in its incident at once, beside the request, which is answered meanwhile: the first use of a canary, and of further ones
 * one in a second, so that a flood of them makes no flood of writes. Of decisions that come while incidents are written, all are counted by the next
 * write. Where it fails, and of other uses, the next round of grouping does it (`keep-incidents.ts`).
 */
export function raiseSoon({ db, now }: Pick<Context, 'db' | 'now'>, { log, decisionId, of }: Raised): void {
  raising.value ??= { pending: new Map(), raised: new LRUCache({ max: alarmsMax }), done: null }
  const { pending, raised } = raising.value
  const [key, nowMs] = [`${log} ${of}`, now().getTime()]
  const sinceMs = nowMs - (raised.get(key) ?? Number.NEGATIVE_INFINITY)
  if (sinceMs >= 0 && sinceMs < raisedEveryMs) return
  raised.set(key, nowMs)
  const ids = pending.get(log) ?? new Set()
  pending.set(log, ids.add(decisionId))
  raising.value.done ??= raiseAll(db, now, raising.value)
}

/** Resolves when no incident is being raised. */
export async function allRaised(): Promise<void> {
  await raising.value?.done
}

const triesMax = 5

async function raiseAll(db: Db, now: () => Date, all: Raising): Promise<void> {
  const { pending } = all
  for (let next = pending.entries().next().value; next; next = pending.entries().next().value) {
    const [log, ids] = next
    pending.delete(log)
    try {
      for (let time = 1; time <= triesMax && !(await countNow(db, { log, ids: [...ids], now: now() })); time++);
      await announceIncidents(db, now())
    } catch (error) {
      // The database is not there, or busy: what is recorded is counted when it is back.
      logFailed(error, 'an alarm could not be raised at once', { organizationId: log, decisions: ids.size })
    }
  }
  // At once, not when this promise is settled: what comes between would wait for the next use.
  all.done = null
}
