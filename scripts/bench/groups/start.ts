import { startKeybound } from '@/e2e/fixtures/keybound'
import type { Bench } from '../bench'
import { databaseNames, onServer, serverEnv, startOurs } from '../keybound'
import { usedBy } from '../processes'
import { median } from '../statistics'
import { enrol, startKeyServer } from '../trusts'

/** A start on a database that is there already, until it is ready; its first logins; and what it needs when nothing happens. */
export async function start(bench: Bench): Promise<void> {
  const keyServer = await startKeyServer(bench.pool)
  try {
    for (const database of ['sqlite', 'postgresql'] as const) {
      await onServer(startOurs({ database, databasePid: bench.postgresqlPid }), async (ours) => {
        const requests = await enrol(ours, 'static', 1, { pool: bench.pool, keyServer })
        const rounds = []
        for (let round = 0; round < (bench.isQuick ? 2 : 7); round++) {
          const jwts = bench.pool.tokens.slice(2 * round, 2 * round + 2)
          rounds.push(
            await oneStart(
              ours.databaseUrl,
              requests.path,
              jwts.map((jwt) => `${requests.before[0]}${jwt}"}`),
            ),
          )
        }
        const units = { 'until ready': 'ms', 'first login': 'ms', 'second login': 'ms', 'RSS at rest': 'MB' } as const
        for (const [name, unit] of Object.entries(units)) {
          const value = median(rounds.map((round) => round[name as keyof typeof units]))
          bench.note({ group: 'start', name: `${databaseNames[database]}: ${name}`, value, unit })
        }
      })
    }
  } finally {
    await keyServer.server.stop()
  }
}

/** Starts one more server on a database, logs in twice and ends it. */
async function oneStart(databaseUrl: string, path: string, bodies: string[]) {
  const startedMs = performance.now()
  const server = await startKeybound({ database: 'sqlite', env: { ...serverEnv, DATABASE_URL: databaseUrl } })
  const ready = performance.now() - startedMs
  try {
    const rss = (usedBy(server.pid() ?? 0)?.rssBytes ?? Number.NaN) / 2 ** 20
    const logins: number[] = []
    for (const body of bodies) {
      const askedMs = performance.now()
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${server.baseUrl}${path}`, { method: 'POST', headers, body })
      if (answer.status !== 200) throw new Error(await answer.text())
      await answer.arrayBuffer()
      logins.push(performance.now() - askedMs)
    }
    const [first = Number.NaN, second = Number.NaN] = logins
    return { 'until ready': ready, 'first login': first, 'second login': second, 'RSS at rest': rss }
  } finally {
    await server.stop()
  }
}
