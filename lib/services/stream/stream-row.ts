import type { Db, Tx } from '@/lib/db/client'
import { fits, storedOrNull } from '@/lib/db/stored-json'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { placesOfLog } from '@/lib/model/evidence'
import { batchEventsMax, PauseReason, type StreamKind, StreamKinds } from '@/lib/model/stream'
import { sha256Hex } from '@/lib/trust/sha256-hex'

export type StreamRow = NonNullable<Awaited<ReturnType<Db['stream']['findUnique']>>>

/** A stream of an organization. @throws AppError `not-found` */
export async function findStream(db: Db | Tx, organizationId: string, id: string): Promise<StreamRow> {
  const row = isId(id) ? await db.stream.findUnique({ where: { id } }) : null
  if (row?.organizationId !== organizationId) throw notFound('There is no stream with that id.')
  return row
}

/** Kinds that a row names; none where they cannot be read. */
export const kindsOf = ({ kinds }: Pick<StreamRow, 'kinds'>): StreamKind[] => storedOrNull(kinds, StreamKinds) ?? []

/** Events of one request, whatever a row says. */
export const batchMaxOf = ({ batchMax }: Pick<StreamRow, 'batchMax'>) => Math.min(Math.max(1, batchMax), batchEventsMax)

const isPlace = (place: number) => place >= 0 && place <= placesOfLog.lte

/**
 * Why nothing can be sent although the stream is not paused, and what to do: a column was changed in the database. What it was is not guessed, for
 * events would be left out, or sent under numbers that others have. @param headSeq the last entry of the log, where it matters
 */
export function troubleOf(row: StreamRow, headSeq = placesOfLog.lte as number): string | null {
  if (!isPlace(row.seq) || row.seq > headSeq)
    return 'The place of this stream in the evidence log was changed in the database. Make a new stream, and remove this one.'
  if (!isPlace(row.numbered))
    return 'The number of the last event was changed in the database. Make a new stream, and remove this one.'
  if (kindsOf(row).length === 0)
    return 'The kinds of events of this stream were changed in the database. Edit the stream and choose them again.'
  return null
}

/** A stream as it is answered: never its secret. @param headSeq the last entry of the log, read after the row */
export function toStream(row: StreamRow, headSeq: number) {
  const { secret: _, pending: __, numbered: ___, organizationId: ____, seq, attempts, pausedReason, ...rest } = row
  const reason = fits(pausedReason, PauseReason)
  const trouble = troubleOf(row, headSeq)
  const isFailing = trouble !== null || row.failures > 0
  return {
    ...rest,
    kinds: kindsOf(row),
    lastFailure: trouble ?? row.lastFailure,
    state: row.pausedAt ? ('paused' as const) : isFailing ? ('failing' as const) : ('active' as const),
    pausedReason: reason.readable ? reason.value : null,
    behind: Math.max(0, headSeq - Math.max(0, seq)),
    requests: attempts,
  }
}
export type StreamView = ReturnType<typeof toStream>

/** The same for those who may only read: URLs of receivers often hold a token. */
export const withoutPath = (view: StreamView): StreamView => ({ ...view, url: `${originOf(view.url)}/…` })

/** The last entry of an organization's log. */
export async function headSeqOf(db: Db | Tx, organizationId: string): Promise<number> {
  const head = await db.chainHead.findUnique({ where: { organizationId }, select: { seq: true } })
  return Math.max(0, head?.seq ?? 0)
}

export const streamTarget = ({ id, name }: Pick<StreamRow, 'id' | 'name'>) => ({ kind: 'stream', id, name })

/** What is on record of a stream's settings. A URL may hold a token, so of its path only a digest is. */
export async function settingsOf({ name, url, batchMax, caCert, ...row }: StreamRow) {
  const urlDigest = (await sha256Hex(url)).slice(0, 16)
  return { name, receiver: originOf(url), urlDigest, kinds: kindsOf(row), batchMax, hasCaCert: caCert !== '' }
}

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : '')
