import { db } from '../db/client'
import { env } from '../env'

const PATIENCE_MS = 2_000

/** Whether this process can do its work: 200 when the database answers within two seconds, otherwise 503. */
export async function status(version: string): Promise<Response> {
  try {
    await withinPatience(db().$queryRawUnsafe('SELECT 1'))
    const uptimeSeconds = Math.floor(process.uptime())
    const date = new Date().toISOString()
    return answer(200, { status: 'ok', message: 'Ok', date, version, database: env().database, uptimeSeconds })
  } catch {
    // Anybody may ask, so the reason stays in the log of whoever met it.
    return answer(503, { status: 'unavailable', message: 'The database does not answer.' })
  }
}

async function withinPatience(query: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database took too long.')), PATIENCE_MS)
  })
  try {
    await Promise.race([query, impatience])
  } finally {
    clearTimeout(timer)
  }
}

const answer = (code: number, body: object) =>
  Response.json(body, { status: code, headers: { 'cache-control': 'no-store' } })
