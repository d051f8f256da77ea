import type { Db } from '@/lib/db/client'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { storedOrNull } from '@/lib/db/stored-json'
import { isRequestId } from '@/lib/ids'
import { type EventType, LogEntry, placesOfLog } from '@/lib/model/evidence'
import type { StreamKind } from '@/lib/model/stream'
import { auditSummariesOf } from '../audit/list-audit-entries'
import { decisionSummariesOf } from '../decision/list-decisions'
import { eventThings } from './event-things'

/**
 * An event in the JSON format of CloudEvents 1.0. Its id is the hash of its entry in the log: the same however often and to whom it is sent, and another one
 * where a log went on otherwise after an older state of the database was restored.
 */
export type StreamEvent = {
  specversion: '1.0'
  id: string
  source: string
  type: string
  subject: string
  time: string
  datacontenttype: 'application/json'
  data: { log: { seq: number; hash: string; digest?: string } } & Record<string, unknown>
}

/** Entries of a log that are read at a time. */
const entriesMax = 200
const entriesMin = 20

type Asked = {
  log: string
  after: number
  /** The last entry that is read. */
  upTo?: number
  kinds: ReadonlySet<StreamKind>
  limit: number
  /** Few of the entries are expected to match: more are read at a time. */
  isSearch?: boolean
}
export type ReadEvents = {
  events: StreamEvent[]
  /** The last entry that was read: every event up to it is among these, or was before. */
  seq: number
  /** Whether the log ended there. */
  isEnd: boolean
}

/** Reads events of an organization that come after an entry of its evidence log, in the order of the log. */
export async function readEvents(db: Db, { log, after, upTo, kinds, limit, isSearch }: Asked): Promise<ReadEvents> {
  const take = isSearch ? entriesMax : Math.min(entriesMax, Math.max(entriesMin, 2 * limit))
  const links = await loginStoreOf(db).links(log, after, upTo ?? placesOfLog.lte, take)
  const found = eventsIn(links, (kind) => kinds.has(kind))
  const taken = found.slice(0, limit)
  const isCut = found.length > limit
  return {
    events: await eventsOf(db, log, taken),
    seq: (isCut ? taken.at(-1)?.seq : links.at(-1)?.seq) ?? after,
    isEnd: !isCut && links.length < take,
  }
}

/** The events of the named entries, in the order of the log, whatever their kinds. */
export async function eventsAt(db: Db, log: string, seqs: readonly number[]): Promise<StreamEvent[]> {
  const links = await db.chainEntry.findMany({
    where: { organizationId: log, seq: { in: [...seqs] } },
    orderBy: [{ organizationId: 'asc' }, { seq: 'asc' }],
    select: { seq: true, entry: true, hash: true },
  })
  return eventsOf(
    db,
    log,
    eventsIn(links, () => true),
  )
}

type Link = { seq: number; entry: string; hash: string }

/** Entries that are events of a wanted kind; one that cannot be read is none. */
const eventsIn = (links: readonly Link[], isWanted: (kind: StreamKind) => boolean): Found[] =>
  links.flatMap(({ seq, entry: text, hash }) => {
    const entry = storedOrNull(text, LogEntry)
    const kind = entry && kindOf(entry)
    return entry && kind && isWanted(kind) ? [{ seq, entry, hash }] : []
  })

/** The kind of event that an entry is; null for one that is none. Records that are older than the log are no events. */
function kindOf(entry: LogEntry): StreamKind | null {
  switch (entry.kind) {
    case 'accepted':
    case 'refused':
    case 'audit':
      return entry.adopted ? null : entry.kind
    case 'count':
      // Only refused logins and refused acts are counted together.
      return isRequestId(entry.id) ? 'refused' : 'audit'
    case 'event':
      return kindOfEvent[entry.type]
    default:
      return null
  }
}

const kindOfEvent = {
  'incident.opened': 'incidents',
  'alarm.raised': 'alarms',
  'alarm.ended': 'alarms',
  'finding.raised': 'findings',
  'finding.ended': 'findings',
} as const satisfies Record<EventType, StreamKind>

type Found = { seq: number; hash: string; entry: LogEntry }

async function eventsOf(db: Db, log: string, found: readonly Found[]): Promise<StreamEvent[]> {
  const ids = (isDecision: boolean) =>
    found.flatMap(({ entry }) => ('digest' in entry && (entry.kind !== 'audit') === isDecision ? [entry.id] : []))
  const [decisions, acts] = [await decisionSummariesOf(db, ids(true)), await auditSummariesOf(db, ids(false))]
  const things = await eventThings(db, log, found)
  const dataOf = (entry: LogEntry): Told | null => {
    switch (entry.kind) {
      case 'accepted':
      case 'refused': {
        const data = { decision: decisions.get(entry.id) ?? null }
        return { type: `decision.${entry.kind}`, subject: entry.id, time: entry.at, data }
      }
      case 'audit': {
        const act = acts.get(entry.id) ?? null
        return { type: `audit.${act?.action ?? 'removed'}`, subject: entry.id, time: entry.at, data: { entry: act } }
      }
      case 'count': {
        const { id, repeats, lastAt } = entry
        const type = isRequestId(id) ? 'decision.counted' : 'audit.counted'
        return { type, subject: id, time: lastAt ?? new Date(0).toISOString(), data: { repeats, lastAt } }
      }
      case 'event':
        return { type: entry.type, subject: entry.of, time: entry.at, data: things(entry) }
      default:
        return null
    }
  }
  return found.flatMap(({ seq, hash, entry }): StreamEvent[] => {
    const told = dataOf(entry)
    if (!told) return []
    const { type, subject, time, data } = told
    const place = { seq, hash, ...('digest' in entry && { digest: entry.digest }) }
    return [
      {
        ...{ specversion: '1.0', id: hash, source: `urn:uuid:${log}`, type: `keybound.${type}`, subject, time },
        ...{ datacontenttype: 'application/json', data: { log: place, ...data } },
      },
    ]
  })
}

type Told = { type: string; subject: string; time: string; data: Record<string, unknown> }
