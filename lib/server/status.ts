import { db } from '../db/client'
import { problemSentences } from '../db/database-problem'
import { env } from '../env'
import { SigningKeyError, signingKey } from '../services/installation/signing-key'
import type { Answer } from './answer'
import { databaseProblem } from './database-health'

/** A problem of the server: a code for machines and a sentence. Unauthenticated, so without hosts, paths or names. */
type Trouble = { part: 'database' | 'signing-key'; code: string; message: string }

/** Whether this process can do its work: 200, or 503 with what does not work. `date` and `message` are Infisical's. */
export async function status(version: string): Promise<Answer> {
  const date = new Date().toISOString()
  const trouble = await findTrouble()
  if (trouble) {
    const body = { status: 'unavailable', message: trouble.message, date, version, problems: [trouble] }
    return answer(503, body, { 'retry-after': '5' })
  }
  const uptimeSeconds = Math.floor(process.uptime())
  return answer(200, { status: 'ok', message: 'Ok', date, version, database: env().database, uptimeSeconds })
}

/** Whether this process answers at all, whatever its database does: for what starts processes anew. */
export const alive = (): Answer => answer(200, { status: 'ok' })

async function findTrouble(): Promise<Trouble | null> {
  const problem = await databaseProblem()
  if (problem) return { part: 'database', code: problem, message: problemSentences[problem] }
  try {
    await signingKey(db())
    return null
  } catch (error) {
    const code = error instanceof SigningKeyError ? error.problem : 'unreadable'
    return { part: 'signing-key', code, message: 'The signing key cannot be opened: no access token can be issued.' }
  }
}

const answer = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'cache-control': 'no-store', 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
