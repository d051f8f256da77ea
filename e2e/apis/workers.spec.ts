import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUnderTest } from '../fixtures/keybound'
import { bearer } from './client'
import { eventually } from './eventually'
import { attached, credentials, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

// Several processes on one port (KEYBOUND_WORKERS). Each request has a connection of its own, so that all of them are asked.

/** Three tell each other more than two can; what they tell depends on no database. */
const processes = databaseUnderTest() === 'sqlite' ? 3 : 2
/** How a replacement without a kill ends depends on none either. */
const undisturbed = databaseUnderTest() === 'sqlite' ? 1 : 0
const metricsToken = 'numbers-of-all-processes'

let here: Installation
let id: string
const issuer = createIssuer()
beforeAll(async () => {
  here = await install({ KEYBOUND_WORKERS: String(processes), METRICS_TOKEN: metricsToken }, { own: true })
  id = await attached(here, { publicKeys: [issuer.pem] })
})
afterAll(() => here.stop())

const alone = { headers: { connection: 'close' } }
const logIn = (token: string) =>
  here.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: token }, alone)

/** Process ids of the workers (proc_pid_task(5)). */
function workers(): number[] {
  const pid = here.keybound.pid()
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text === '' ? [] : text.split(' ').map(Number)
}

/** An ended process that is still listed is a zombie (Z, proc_pid_stat(5)). */
const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

test('the metrics of every process count the logins of all', async () => {
  expect(workers()).toHaveLength(processes)
  for (let made = 0; made < 9; made++) expect((await logIn(issuer.token())).status).toBe(200)
  for (let asked = 0; asked < processes; asked++) {
    const { status, text } = await here.anonymous.get('/metrics', {
      headers: { ...bearer(metricsToken), ...alone.headers },
    })
    expect(status, text).toBe(200)
    expect(text).toMatch(/^keybound_logins_total\{method="jwt",result="accepted",reason=""\} 9$/m)
  }
})

test('a limit counts the attempts at all processes', async () => {
  const attempt = () =>
    here.anonymous.post('/api/admin/session', { email: credentials.email, password: 'not the password' }, alone)
  // Ten wrong passwords of one person from one address (lib/services/people/sign-in.ts).
  for (let made = 0; made < 10; made++) expect((await attempt()).status).toBe(401)
  // Processes tell each other in messages, which a request may overtake: one at each process at most.
  const statuses: number[] = []
  const isRefusedByAll = () =>
    statuses.slice(-2 * processes).filter((status) => status === 429).length === 2 * processes
  await eventually(async () => statuses.push((await attempt()).status), isRefusedByAll)
  expect(isRefusedByAll()).toBe(true)
  expect(statuses.filter((status) => status !== 429).length).toBeLessThan(processes)
})

test('the limit of uses of a token holds across all processes', async () => {
  const usesMax = 7
  const limited = await attached(here, { publicKeys: [issuer.pem], accessTokenNumUsesLimit: usesMax })
  const { accessToken } = (await login(here.anonymous, limited, issuer.token())).body
  const holder = here.anonymous.as({ ...bearer(accessToken), ...alone.headers })
  const answers = await Promise.all(Array.from({ length: 24 }, () => holder.get('/api/v1/identities/details')))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(usesMax)
  const row = await here.db.accessToken.findFirstOrThrow({ where: { identityId: limited } })
  expect(row.uses).toBe(usesMax)
})

test('kill −9 of a process, also while all are replaced, and the replacement of all, under load: nothing is lost or doubled, no answer is a 5xx, and each is replaced once', {
  timeout: 400_000,
}, async () => {
  const clients = 4
  const answered: { requestId: string; jti: string }[] = []
  const failures = { atKill: 0, atSecondKill: 0, later: 0 }
  let phase: keyof typeof failures = 'atKill'
  let isOver = false
  const load = Array.from({ length: clients }, async () => {
    while (!isOver) {
      const answer = await logIn(issuer.token()).catch(() => null)
      if (!answer) {
        failures[phase] += 1
        continue
      }
      expect(answer.status, answer.text).toBe(200)
      const { jti } = JSON.parse(Buffer.from(answer.body.accessToken.split('.')[1], 'base64url').toString())
      answered.push({ requestId: answer.headers.get('x-request-id') ?? '', jti })
    }
  })
  const more = (count: number) => {
    const wanted = answered.length + count
    return eventually(
      async () => answered.length,
      (length) => length >= wanted,
    )
  }

  const [victim = 0] = workers()
  await more(30)
  process.kill(victim, 'SIGKILL')
  await eventually(
    async () => workers(),
    (pids) => pids.length === processes && !pids.includes(victim),
  )
  await more(30)

  phase = 'atSecondKill'
  const before = workers()
  process.kill(here.keybound.pid() ?? 0, 'SIGHUP')
  await eventually(
    async () => workers().filter((pid) => !before.includes(pid)),
    (fresh) => fresh.length === 1,
  )
  // Its turn comes when the first is replaced.
  process.kill(before.at(-1) ?? 0, 'SIGKILL')
  await eventually(
    async () => workers().filter((pid) => before.includes(pid)),
    (pids) => pids.length === 0,
  )
  await more(30)

  // A second replacement ends after what the first one left to be done.
  phase = 'later'
  for (let made = 0; made < undisturbed; made++) {
    const between = workers()
    process.kill(here.keybound.pid() ?? 0, 'SIGHUP')
    await eventually(
      async () => workers(),
      (pids) => pids.length <= processes && between.every((pid) => !pids.includes(pid)),
    )
  }
  await more(30)
  isOver = true
  await Promise.all(load)
  expect(workers()).toHaveLength(processes)

  // No more than the open requests of a killed process, and none when a process ends by itself.
  expect(failures.atKill).toBeLessThanOrEqual(clients)
  expect(failures.atSecondKill).toBeLessThanOrEqual(clients)
  expect(failures.later).toBe(0)
  const decisions = await here.db.decision.findMany({ where: { identityId: id, accepted: true } })
  const tokens = await here.db.accessToken.findMany({ where: { identityId: id }, select: { id: true } })
  expect(decisions.map(({ accessTokenId }) => accessTokenId).sort()).toEqual(tokens.map((row) => row.id).sort())
  const kept = new Map(decisions.map((decision) => [decision.id, decision.accessTokenId]))
  for (const { requestId, jti } of answered) expect(kept.get(requestId)).toBe(jti)
  expect(new Set(answered.map(({ jti }) => jti)).size).toBe(answered.length)
})

test('when the first process is killed, the others answer the requests that they have begun', {
  timeout: 400_000,
}, async () => {
  const { hostname, port } = new URL(here.keybound.baseUrl)
  const pids = workers()
  const open = pids.map(() => connect(Number(port), hostname))
  const body = JSON.stringify({ identityId: id, jwt: issuer.token() })
  const head = `POST /api/v1/auth/jwt-auth/login HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n`
  for (const socket of open) socket.write(`${head}content-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`)
  // Answered by the same processes, so that those have begun to read.
  await logIn(issuer.token())
  process.kill(here.keybound.pid() ?? 0, 'SIGKILL')
  await eventually(
    () => logIn(issuer.token()).catch(() => null),
    (answer) => answer === null,
  )
  const answers = open.map(async (socket) => {
    socket.write(body.slice(20))
    return text(socket)
  })
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  // Nothing of them is left that would keep the port or the database.
  expect(
    await eventually(
      async () => pids.filter(isRunning),
      ({ length }) => length === 0,
    ),
  ).toEqual([])
})
