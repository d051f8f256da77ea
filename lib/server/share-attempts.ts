import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { messageOf } from '@/lib/db/failure-codes'
import { noticeBytesMax, openNotices } from '@/lib/db/notices'
import { type Spent, shareSpent, takeSpent } from '@/lib/services/attempts'
import { parseJson } from '@/lib/trust/json/json'
import { log } from './log'
import { groupVariable } from './workers/messages'

/** How long points are gathered before the other servers are told. */
const gatherMs = 100
/** Points that are gathered at most; more in that time are counted here only. */
const gatheredMax = 2_000
/** Longest key that is told: those of this product are shorter. */
const keyMax = 1_000

/** Workers of a machine tell each other faster, by messages (lib/server/workers), so they leave each other's notices. */
const group = process.env[groupVariable] ?? randomUUID()

const SpentOnWire = z.object({
  limit: z.string().max(100),
  key: z.string().max(keyMax),
  cost: z.number().int().min(0).max(1_000),
  leftMs: z.number().min(0).max(86_400_000),
}) satisfies z.ZodType<Spent>

const Notice = z.object({ group: z.string().max(100), spent: z.array(SpentOnWire).max(1_000) })

/**
 * Lets the limits of all servers on one PostgreSQL database count together: what is spent at one is told to the others within a
 * tenth of a second. Nothing is stored, so attempts cannot fill the database; a server that starts begins at zero.
 * On SQLite, and behind a pooler in transaction mode, it does nothing: the workers of a machine count together without it.
 * @returns the function that ends it
 */
export function shareAttempts(databaseUrl: string): (() => Promise<void>) | undefined {
  if (databaseUrl.startsWith('file:')) return
  if (new URL(databaseUrl).searchParams.get('pgbouncer') === 'true') return

  let gathered: Spent[] = []
  let timer: NodeJS.Timeout | undefined
  let isConnected: boolean | null = null
  const notices = openNotices('attempts', {
    url: databaseUrl,
    onNotice: (text) => readSpent(text, group).forEach(takeSpent),
    onState(cause) {
      if (cause === null) {
        if (isConnected === false) log.info('The servers of this database count attempts together again.')
        isConnected = true
        return
      }
      if (isConnected !== false) {
        log.warn(`Attempts at other servers are not counted here for now (${messageOf(cause)}).`)
      }
      isConnected = false
    },
  })

  const flush = async () => {
    timer = undefined
    const told = gathered
    gathered = []
    // Where they cannot be told, each server counts its own until it is connected again, which has been logged.
    await notices.send(inTexts(told, group)).catch(() => {})
  }
  const endSharing = shareSpent((spent) => {
    if (gathered.length >= gatheredMax || spent.key.length > keyMax) return
    gathered.push(spent)
    timer ??= setTimeout(flush, gatherMs).unref()
  })

  return async () => {
    endSharing()
    if (timer) {
      clearTimeout(timer)
      await flush()
    }
    await notices.close()
  }
}

/** As few texts as carry all of it, each short enough for a notice. @param from the group that they are told by */
export function inTexts(spent: Spent[], from: string): string[] {
  const [start, end] = [`{"group":${JSON.stringify(from)},"spent":[`, ']}']
  const texts: string[] = []
  let items: string[] = []
  let bytes = 0
  const finish = () => {
    if (items.length > 0) texts.push(start + items.join(',') + end)
    items = []
    bytes = Buffer.byteLength(start + end)
  }
  finish()
  for (const one of spent) {
    const item = JSON.stringify(one)
    const size = Buffer.byteLength(item) + 1
    if (bytes + size > noticeBytesMax) finish()
    items.push(item)
    bytes += size
  }
  finish()
  return texts
}

/** What another group told; nothing of one's own, and of what has another form, as that of another version may. */
export function readSpent(text: string, own: string): Spent[] {
  const json = parseJson(text)
  const notice = json.ok ? Notice.safeParse(json.value) : null
  return notice?.success && notice.data.group !== own ? notice.data.spent : []
}
