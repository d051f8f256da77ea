import pg from 'pg'
import { sha256 } from './evidence/record-digest'

/** A channel between all servers of one PostgreSQL database. What is told is kept nowhere. */
export type Notices = {
  /** Tells the other servers; a server that is not connected at the moment misses it. @throws when it cannot be told */
  send: (texts: string[]) => Promise<void>
  close: () => Promise<void>
}

type Settings = {
  /** `postgresql://`; `?schema=` is another channel */
  url: string
  /** Called for each text of another connection. */
  onNotice: (text: string) => void
  /** Called when the connection was made, and with the cause when it could not be, or was lost. */
  onState?: (cause: unknown | null) => void
}

/** Longest text that PostgreSQL takes, in bytes (NOTIFY: a payload is shorter than 8000 bytes). */
export const noticeBytesMax = 7_999

const reconnectMs = { first: 1_000, most: 30_000 }

/**
 * Opens the channel `name`, over a connection of its own that is made again whenever it breaks.
 * LISTEN belongs to a session: behind a pooler that gives each transaction another one, nothing would arrive.
 */
export function openNotices(name: string, { url, onNotice, onState }: Settings): Notices {
  const schema = new URL(url).searchParams.get('schema') ?? 'public'
  // Names of channels are cut at 63 bytes, and any schema has to have its own.
  const channel = `keybound_${name}_${sha256(schema).slice(0, 16)}`
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let waitMs = reconnectMs.first
  let connecting = connect()

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      application_name: 'keybound notices',
    })
    const lost = (cause?: unknown) => {
      if (client !== next) return
      client = null
      again(cause ?? new Error('The connection was closed.'))
    }
    next.on('error', lost)
    next.on('end', () => lost())
    next.on('notification', ({ processId, payload }) => {
      if (processId !== (next as unknown as { processID: number }).processID && payload) onNotice(payload)
    })
    try {
      await next.connect()
      await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      if (isClosed) return await next.end()
      client = next
      waitMs = reconnectMs.first
      onState?.(null)
    } catch (cause) {
      await next.end().catch(() => {})
      again(cause)
    }
  }

  function again(cause: unknown): void {
    if (isClosed) return
    onState?.(cause)
    timer = setTimeout(() => {
      connecting = connect()
    }, waitMs).unref()
    waitMs = Math.min(waitMs * 2, reconnectMs.most)
  }

  return {
    async send(texts) {
      if (!client) throw new Error('The servers of this database cannot be told: there is no connection.')
      await client.query('SELECT pg_notify($1, text) FROM unnest($2::text[]) AS text', [channel, texts])
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await connecting
      const last = client
      client = null
      await last?.end().catch(() => {})
    },
  }
}
