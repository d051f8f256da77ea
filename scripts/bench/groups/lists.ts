import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@/e2e/apis/client'
import { type Database, startKeybound } from '@/e2e/fixtures/keybound'
import { newDatabase } from '@/e2e/fixtures/new-database'
import { connect } from '@/lib/db/client'
import type { Bench } from '../bench'
import { databaseNames, secret, serverEnv } from '../keybound'
import type { Timing } from '../measure'
import type { Subject } from '../peers'
import { usedBy } from '../processes'

type Size = { identities: number; decisions: number }

const sizes: Size[] = [
  { identities: 1_000, decisions: 10_000 },
  { identities: 10_000, decisions: 100_000 },
  { identities: 100_000, decisions: 1_000_000 },
]
const timing: Record<'quick' | 'full', Timing> = {
  quick: { windowMs: 200, bareMs: 0, rounds: 1, warmUpMs: 60 },
  full: { windowMs: 2_000, bareMs: 0, rounds: 3, warmUpMs: 500 },
}
const credentials = { email: 'admin@example.com', password: 'a password of the bench' }

/** Pages of lists as the dashboard asks for them, by one person, at three sizes. */
export async function lists(bench: Bench): Promise<void> {
  for (const size of bench.isQuick ? sizes.slice(0, 1) : sizes) {
    for (const database of ['sqlite', 'postgresql'] as const) await measureAt(bench, database, size)
  }
}

async function measureAt(bench: Bench, database: Database, size: Size) {
  const folder = await mkdtemp(path.join(tmpdir(), 'keybound-lists-'))
  const data = await newDatabase(database, folder)
  try {
    await seed(data.url, size)
    const server = await startKeybound({ database: 'sqlite', env: { ...serverEnv, DATABASE_URL: data.url } })
    try {
      const pid = server.pid()
      const subject: Subject = {
        name: `Keybound, ${databaseNames[database]}`,
        origins: [server.baseUrl],
        pids: pid === undefined ? [] : [pid],
        databasePid: database === 'postgresql' ? bench.postgresqlPid : null,
      }
      const cookie = await signIn(server.baseUrl)
      for (const [name, path] of Object.entries(await pages(data.url))) {
        await bench.measure(
          {
            ...{ group: 'lists', subject, connections: 1 },
            name: `${name} (${shortened(size.decisions)})`,
            load: { method: 'GET', path, headers: { cookie }, sequence: subject.name, expected: 200 },
          },
          { alone: true, timing: timing[bench.isQuick ? 'quick' : 'full'] },
        )
      }
      if (!bench.isQuick) await measureIdle(bench, subject, size)
    } finally {
      await server.stop()
    }
  } finally {
    await data.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a minute costs in which nothing is asked. */
async function measureIdle(bench: Bench, { name, pids, databasePid }: Subject, { decisions }: Size) {
  const used = () => [...pids, databasePid].flatMap((pid) => (pid === null ? [] : (usedBy(pid)?.cpuMs ?? Number.NaN)))
  const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
  const before = sum(used())
  await pause(60_000)
  const value = sum(used()) - before
  bench.note({ group: 'lists', name: `${name}: CPU of an idle minute (${shortened(decisions)})`, value, unit: 'ms' })
}

/** What the pages of the dashboard ask for, and what people look for. */
async function pages(databaseUrl: string): Promise<Record<string, string>> {
  const db = connect(databaseUrl)
  try {
    // Not the oldest: retention removes that one meanwhile.
    const monthAgo = new Date(Date.now() - 30 * 86_400_000)
    const decision = await db.decision.findFirstOrThrow({ where: { at: { lt: monthAgo } }, orderBy: { at: 'desc' } })
    return {
      overview: '/api/admin/overview',
      'activity, first page': '/api/admin/decisions',
      'activity, refused': '/api/admin/decisions?accepted=false',
      'activity, of one identity': `/api/admin/decisions?identityId=${decision.identityId}`,
      'activity, a request id': `/api/admin/decisions?search=${decision.id}`,
      'activity, part of a name': '/api/admin/decisions?search=release-bot-1',
      'activity, a text without a match': '/api/admin/decisions?search=no-such-subject',
      'one decision': `/api/admin/decisions/${decision.id}`,
      'audit, first page': '/api/admin/audit',
      'audit, a text without a match': '/api/admin/audit?search=no-such-name',
      'identities, first page': '/api/admin/identities',
      'identities, part of a name': '/api/admin/identities?search=release-bot-1',
      'access tokens, first page': '/api/admin/tokens',
      'key sources, first page': '/api/admin/key-sources',
      'trusts, first page': '/api/admin/trusts',
    }
  } finally {
    await db.$disconnect()
  }
}

/** Fills a database with `npm run seed`. */
async function seed(databaseUrl: string, { identities, decisions }: Size) {
  const args = [`--identities=${identities}`, `--decisions=${decisions}`, `--password=${credentials.password}`]
  const child = spawn(process.execPath, ['scripts/seed.mjs', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl, KEYBOUND_SECRET: secret },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`scripts/seed.mjs ended with ${code}:\n${output}`)
}

/** A person's session, as the cookie that the dashboard sends. */
export async function signIn(baseUrl: string, person = credentials): Promise<string> {
  const answer = await createClient(baseUrl).post('/api/admin/session', person, { headers: { origin: baseUrl } })
  if (answer.status >= 300) throw new Error(`The sign-in answered ${answer.status}: ${answer.text}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

const shortened = (count: number) => (count >= 1_000_000 ? `${count / 1_000_000} M` : `${count / 1_000} k`)
