import type { Db } from '@/lib/db/client'
import { perProcess } from '@/lib/per-process'
import type { Context } from '../context'
import { announceIncidents } from './announce-incidents'
import { countNow } from './count-now'

type Raising = { pending: Map<string, Set<string>>; done: Promise<void> | null }

const raising = perProcess<Raising>('raising-incidents')

type Raised = {
  /** The evidence log of its organization. */
  log: string
  /** The row of the decision that raises it. */
  decisionId: string
}

/**
 * Counts a recorded decision in its incident at once, beside the request, which is answered meanwhile. Of decisions that come while incidents are
 * written, all are counted by the next write. Where it fails, the next round of grouping does it (`group-refusals.ts`).
 */
export function raiseSoon({ db, now }: Pick<Context, 'db' | 'now'>, { log, decisionId }: Raised): void {
  raising.value ??= { pending: new Map(), done: null }
  const { pending } = raising.value
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
    } catch {
      // The database is not there, or busy: what is recorded is counted when it is back.
    }
  }
  // At once, not when this promise is settled: what comes between would wait for the next use.
  all.done = null
}
