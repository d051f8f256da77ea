import type { Db } from '@/lib/db/client'
import { storedOr } from '@/lib/db/stored-json'
import { wideRun } from '@/lib/model/custody'
import { noteUse, WorkloadRuns } from '@/lib/model/workload-runs'
import { shortenText } from '@/lib/trust/cut-text'
import type { JsonObject } from '@/lib/trust/json/json'
import { type Run, runOf } from '@/lib/trust/presets/run-of'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { type Raised, workloadGroup } from './custody-group'
import type { RefusalRow } from './incident-batch'

/** Workloads that one transaction changes: a login that waits for it waits a few milliseconds. */
export const workloadsOfBatchMax = 100
/** Workloads of an organization that are remembered. Of further ones there is no usual until others are forgotten. */
export const workloadsMax = 20_000

export type WorkloadRow = Awaited<ReturnType<Db['workloadRuns']['findMany']>>[number]

export type WideRuns = {
  raised: Raised[]
  /** The last entry of the log up to which one transaction can write what changed; null where there is no such limit. */
  until: number | null
  /** Rows as they are after an entry of the log. */
  rowsAt: (seq: number) => WorkloadRow[]
}

type Login = RefusalRow & { said: JsonObject | null }
type Use = { row: Login; seq: number; run: Run; hash: string }
type Change = { seq: number; row: WorkloadRow }

/**
 * Finds logins by which a run opened more trusts than the runs of its workload did before. A token that was lifted from a job is tried wherever it
 * may be accepted; the job itself logs in where it always does.
 */
export async function wideRuns(
  db: Db,
  logins: readonly Login[],
  seqOf: ReadonlyMap<string, number>,
): Promise<WideRuns> {
  const uses = await usesOf(logins, seqOf)
  const known = await knownOf(db, uses)
  const [raised, changes]: [Raised[], Change[]] = [[], []]
  for (const { row, seq, run, hash } of uses) {
    const { organizationId, trustId, at } = row
    const stored = known.get(hash)
    if (stored === undefined || organizationId === null || trustId === null) continue
    const runId = (await sha256Hex(run.id)).slice(0, 16)
    const { next, opened, usual, isBeyond } = noteUse(stored, { run: runId, trustId, atMs: at.getTime() })
    if (next) {
      known.set(hash, next)
      changes.push({ seq, row: { organizationId, workloadHash: hash, at, runs: JSON.stringify(next) } })
    }
    if (!isBeyond || usual === null) continue
    const found = { ...row, reason: wideRun, message: sentence(run, opened, usual) }
    raised.push({ seq, row: found, group: await workloadGroup(row, wideRun, hash), others: null })
  }
  return { raised, until: untilOf(changes), rowsAt: (seq) => lastOf(changes.filter((change) => change.seq <= seq)) }
}

async function usesOf(logins: readonly Login[], seqOf: ReadonlyMap<string, number>): Promise<Use[]> {
  const uses: Use[] = []
  for (const row of logins) {
    const run = row.said && runOf(row.said)
    if (run) uses.push({ row, seq: seqOf.get(row.id) ?? 0, run, hash: await sha256Hex(run.workload) })
  }
  return uses.sort((one, other) => one.seq - other.seq)
}

/** What is remembered of workloads; of new ones nothing, and of those that are too many there is no entry. */
async function knownOf(db: Db, uses: readonly Use[]): Promise<Map<string, WorkloadRuns>> {
  const known = new Map<string, WorkloadRuns>()
  const organizationId = uses[0]?.row.organizationId
  if (!organizationId) return known
  const hashes = [...new Set(uses.map(({ hash }) => hash))]
  const rows = await db.workloadRuns.findMany({ where: { organizationId, workloadHash: { in: hashes } } })
  // One that was made unreadable by hand begins anew.
  for (const { workloadHash, runs } of rows) known.set(workloadHash, storedOr(runs, WorkloadRuns, none))
  const fresh = hashes.filter((hash) => !known.has(hash))
  if (fresh.length === 0) return known
  const free = workloadsMax - (await db.workloadRuns.count({ where: { organizationId } }))
  for (const hash of fresh.slice(0, Math.max(0, free))) known.set(hash, none)
  return known
}

const none: WorkloadRuns = { runs: [], most: null }

function sentence({ id, path, names }: Run, opened: number, usual: number): string {
  const before = usual === 1 ? 'one' : `at most ${usual}`
  const workload = names.map((one) => `${one.path} ${cut(one.value)}`).join(', ')
  return `Run ${cut(id)} (${path}) opened ${opened} trusts; runs before it opened ${before}. Workload: ${workload}.`
}

const textMax = 120
/** A claim as it can be stored: PostgreSQL has no text with U+0000. */
const cut = (text: string) => shortenText(text.replaceAll('\u0000', ''), textMax)

/** The last entry before the first workload that is one too many. */
function untilOf(changes: readonly Change[]): number | null {
  const changed = new Set<string>()
  for (const { seq, row } of changes) {
    changed.add(row.workloadHash)
    if (changed.size > workloadsOfBatchMax) return seq - 1
  }
  return null
}

const lastOf = (changes: readonly Change[]): WorkloadRow[] => [
  ...new Map(changes.map(({ row }) => [row.workloadHash, row])).values(),
]
