import { perProcess } from '@/lib/per-process'
import { type Db, postgresqlAdapter, postgresqlClient } from './client'

/** How far a replica is behind, as last measured. */
export type ReplicaState =
  /** It shows every change that was committed so many seconds ago. */
  | { kind: 'following'; behindSeconds: number }
  /** It does not answer, or is further behind than was ever measured. */
  | { kind: 'lost'; cause: unknown }

type Settings = {
  primary: Db
  /** `postgresql://` of a standby that streams from the primary. */
  url: string
  /** Lists are read from the primary while the replica is further behind than this. */
  maxLagSeconds: number
  /** Called after each measurement. */
  onState?: (state: ReplicaState) => void
}

const roundMs = 1_000
/** Positions of the primary that are kept, one a round: a replica further behind is lost. */
const positionsMax = 600
/** A replica that hangs must not hold a page for longer. */
const queryMs = 5_000

/**
 * Follows a PostgreSQL replica from which lists may be read. How far it is behind is measured by the write-ahead log, not by
 * clocks: the newest position of the primary that the replica has replayed, and when the primary was there.
 */
export function followReplica({ primary, url, maxLagSeconds, onState }: Settings): Replica {
  const client = postgresqlClient(postgresqlAdapter(url, poolSettings))
  const positions: { at: number; lsn: bigint }[] = []
  let state: ReplicaState = { kind: 'lost', cause: new Error('It has not been asked yet.') }
  let measuredAt = 0
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  async function measure(): Promise<ReplicaState> {
    const at = performance.now()
    try {
      const there = await placeIn(primary, 'pg_current_wal_flush_lsn()')
      positions.push({ at, lsn: there.lsn })
      if (positions.length > positionsMax) positions.shift()
      const here = await placeIn(client, 'pg_last_wal_replay_lsn()')
      requireSame(there, here)
      const replayed = here.lsn
      const known = positions.findLast(({ lsn }) => lsn <= replayed)
      if (!known) return { kind: 'lost', cause: new Error('It is further behind than is measured.') }
      measuredAt = at
      return { kind: 'following', behindSeconds: (at - known.at) / 1000 }
    } catch (cause) {
      return { kind: 'lost', cause }
    }
  }
  async function next() {
    state = await measure()
    if (isStopped) return
    onState?.(state)
    timer = setTimeout(() => (round = next()), roundMs).unref()
  }
  let round = next()

  return {
    near() {
      if (state.kind !== 'following') return null
      // A measurement grows old as well.
      const behindSeconds = state.behindSeconds + (performance.now() - measuredAt) / 1000
      return behindSeconds <= maxLagSeconds ? { db: client, behindSeconds } : null
    },
    lose(cause) {
      state = { kind: 'lost', cause }
    },
    async close() {
      isStopped = true
      clearTimeout(timer)
      await round
      await client.$disconnect()
    },
  }
}

export type Replica = {
  /** The client to read lists from and how old, at most, what it shows is; null while the primary is to be read. */
  near: () => { db: Db; behindSeconds: number } | null
  /** Leaves the replica alone until it is measured again. */
  lose: (cause: unknown) => void
  close: () => Promise<void>
}

/** The replica of the process's database, if it has one. */
const held = perProcess<Replica>('replica')

export function setReplica(replica: Replica | undefined): void {
  held.value = replica
}

/** A page, and how old it may be: null where it was read from the primary. */
export type Listed<Page> = Page & { behindSeconds: number | null }

/**
 * Reads a list from the replica where there is one that is near enough, else from the primary. A read that fails there is done
 * here.
 */
export async function readList<Ctx extends { db: Db }, Page>(
  ctx: Ctx,
  read: (ctx: Ctx) => Promise<Page>,
): Promise<Listed<Page>> {
  const near = held.value?.near()
  if (near) {
    try {
      const page = await read({ ...ctx, db: near.db })
      return { ...page, behindSeconds: Math.round(near.behindSeconds * 10) / 10 }
    } catch (cause) {
      // Whatever is wrong there is no reason to answer with it; what is wrong with the request is said by the primary.
      held.value?.lose(cause)
    }
  }
  return { ...(await read(ctx)), behindSeconds: null }
}

const poolSettings = {
  max: 5,
  connectionTimeoutMillis: queryMs,
  query_timeout: queryMs,
  application_name: 'keybound-lists',
}

type Place = { lsn: bigint; cluster: string; database: string; isReplica: boolean }

/** Where a server is in the write-ahead log, and whose log it is. A position has two halves of 32 bits: `16/B374D848`. */
async function placeIn(db: Db, position: string): Promise<Place> {
  const [row] = await db.$queryRawUnsafe<(Omit<Place, 'lsn'> & { position: string | null })[]>(
    `SELECT ${position}::text AS position, (SELECT system_identifier::text FROM pg_control_system()) AS cluster,
      (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
      pg_is_in_recovery() AS "isReplica"`,
  )
  const [, high, low] = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/.exec(row?.position ?? '') ?? []
  if (!row || !high || !low)
    throw new Error('The server has no position in the write-ahead log; it is no streaming replica.')
  return { ...row, lsn: (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`) }
}

/** Positions can be compared, and lists are the same, only where one server replays the log of the other, in the same database. */
function requireSame(primary: Place, replica: Place): void {
  const { cluster, database } = primary
  if (replica.cluster !== cluster)
    throw new Error('It is a replica of another PostgreSQL cluster than DATABASE_URL names.')
  if (!replica.isReplica) throw new Error('It has been promoted and is no replica any more.')
  if (replica.database !== database) throw new Error('It names another database than DATABASE_URL does.')
}
