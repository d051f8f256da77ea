import { perProcess } from '@/lib/per-process'
import type { Context } from '../context'
import { logFailed } from '../failure-log'
import { announceIncidents } from './announce-incidents'
import { countNow } from './count-now'

/** What is to be counted in one evidence log: of each canary, decoy token or trust, the rows of its decisions. */
type Uses = { by: Pick<Context, 'db' | 'now'>; decisions: Map<string, Set<string>> }
type Raising = {
  pending: Map<string, Uses>
  /** Settles when nothing is pending and the pause is over. */
  done: Promise<void> | null
  /** Ends the pause between two rounds. */
  hurry: () => void
  isHurried: boolean
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

/** Between two rounds, so that a flood of uses makes no flood of writes, and every use is still an alarm within a second. */
export const roundEveryMs = 250
/** Rows of one canary, decoy token or trust that a round counts, and canaries of one organization; what is more is counted as the log is read. */
export const rowsMax = 500
const canariesMax = 1_000

/**
 * Counts a recorded decision in its incident, beside the request, which is answered meanwhile: at once, or with others in the round that comes
 * next. Where it fails, and where a round is full, the next round of grouping does it (`keep-incidents.ts`).
 */
export function raiseSoon({ db, now }: Pick<Context, 'db' | 'now'>, { log, decisionId, of }: Raised): void {
  raising.value ??= { pending: new Map(), done: null, hurry: () => undefined, isHurried: false }
  const { pending } = raising.value
  const uses = pending.get(log) ?? { by: { db, now }, decisions: new Map<string, Set<string>>() }
  const rows = uses.decisions.get(of) ?? new Set()
  if (rows.size >= rowsMax || (rows.size === 0 && uses.decisions.size >= canariesMax)) return
  pending.set(log, uses)
  uses.decisions.set(of, rows.add(decisionId))
  raising.value.done ??= raiseInRounds(raising.value)
}

/** Raises what waits without a pause. Resolves when no incident is being raised. */
export async function allRaised(): Promise<void> {
  const all = raising.value
  if (!all?.done) return
  all.isHurried = true
  all.hurry()
  await all.done
}

async function raiseInRounds(all: Raising): Promise<void> {
  while (all.pending.size > 0) {
    const round = [...all.pending]
    all.pending.clear()
    for (const [log, uses] of round) await raise(log, uses)
    if (!all.isHurried) await pause(all)
  }
  // At once, not when this promise is settled: what comes between would wait for the next use.
  all.done = null
  all.isHurried = false
}

const pause = (all: Raising) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, roundEveryMs)
    all.hurry = () => {
      clearTimeout(timer)
      resolve()
    }
  })

const triesMax = 5

async function raise(log: string, { by: { db, now }, decisions }: Uses): Promise<void> {
  const rows = [...decisions.values()].flatMap((ids) => [...ids])
  try {
    for (let next = 0; next < rows.length; next += rowsMax) {
      const ids = rows.slice(next, next + rowsMax)
      for (let time = 1; time <= triesMax && !(await countNow(db, { log, ids, now: now() })); time++);
    }
    await announceIncidents(db, now())
  } catch (error) {
    // The database is not there, or busy: what is recorded is counted when it is back.
    logFailed(error, 'an alarm could not be raised at once', { organizationId: log, decisions: rows.length })
  }
}
