import type { Db } from '@/lib/db/client'
import { keySourceId } from '@/lib/net/key-cache'
import type { KeySet, KeySetFailure } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource } from '@/lib/trust/policy'
import type { SourceKeys } from '@/lib/trust/posture/subject'
import { toKnownKeys } from '../key-source/key-source-row'

type Keyed = { keys: readonly KeySource[] }

/** What the key sources of some trusts answered last, as it is recorded: no source is asked. Sources that were never asked are left out. */
export async function sourceKeysOf(db: Db, trusts: readonly Keyed[]): Promise<SourceKeys[][]> {
  const idOf = (source: KeySource) => (isRemote(source) ? keySourceId(source) : null)
  const ids = new Set(trusts.flatMap(({ keys }) => keys.flatMap((source) => idOf(source) ?? [])))
  if (ids.size === 0) return trusts.map(() => [])
  const rows = await db.keySourceState.findMany({ where: { id: { in: [...ids] } } })
  const sets = new Map(rows.flatMap((row) => toKeySet(row).map((set) => [row.id, set] as const)))
  return trusts.map(({ keys }) =>
    keys.flatMap((source, at) => {
      const set = sets.get(idOf(source) ?? '')
      return set ? [{ source: at, set }] : []
    }),
  )
}

type Row = NonNullable<Parameters<typeof toKnownKeys>[0]> & {
  reason: string | null
  message: string | null
  fix: string | null
}

function toKeySet(row: Row): KeySet[] {
  const known = toKnownKeys(row)
  const failure = { reason: row.reason as KeySetFailure, message: row.message ?? '' }
  if (known) {
    const since = known.failingSince
    const stale = since === null ? null : { since: Math.floor(since / 1000), ...failure }
    return [{ ...known.keySet, stale }]
  }
  return row.failingSince ? [{ status: 'unavailable', ...failure, fix: row.fix ?? '' }] : []
}
