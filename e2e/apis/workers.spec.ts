import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer } from './client'
import { eventually } from './eventually'
import { attached, credentials, type Installation, install } from './installation'
import { createIssuer } from './issuer'

// Three processes on one port (KEYBOUND_WORKERS). Each request has a connection of its own, so that all of them are asked.

const processes = 3
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

test('kill −9 of one process and the replacement of all, under load: nothing is lost or doubled, and no answer is a 5xx', {
  timeout: 400_000,
}, async () => {
  const clients = 10
  const answered: { requestId: string; jti: string }[] = []
  const failures = { atKill: 0, later: 0 }
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

  const [victim] = workers()
  await more(30)
  process.kill(victim ?? 0, 'SIGKILL')
  await eventually(
    async () => workers(),
    (pids) => pids.length === processes && !pids.includes(victim ?? 0),
  )
  await more(30)

  phase = 'later'
  const before = workers()
  process.kill(here.keybound.pid() ?? 0, 'SIGHUP')
  await eventually(
    async () => workers(),
    (pids) => pids.length === processes && before.every((pid) => !pids.includes(pid)),
  )
  await more(30)
  isOver = true
  await Promise.all(load)

  // No more than the open requests of the killed process, and none when a process ends by itself.
  expect(failures.atKill).toBeLessThanOrEqual(clients)
  expect(failures.later).toBe(0)
  const decisions = await here.db.decision.findMany({ where: { identityId: id, accepted: true } })
  const tokens = await here.db.accessToken.findMany({ where: { identityId: id }, select: { id: true } })
  expect(decisions.map(({ accessTokenId }) => accessTokenId).sort()).toEqual(tokens.map((row) => row.id).sort())
  const kept = new Map(decisions.map((decision) => [decision.id, decision.accessTokenId]))
  for (const { requestId, jti } of answered) expect(kept.get(requestId)).toBe(jti)
  expect(new Set(answered.map(({ jti }) => jti)).size).toBe(answered.length)
})

test('a process that dies while all are replaced is replaced once', { timeout: 400_000 }, async () => {
  const before = workers()
  process.kill(here.keybound.pid() ?? 0, 'SIGHUP')
  const [first] = await eventually(
    async () => workers().filter((pid) => !before.includes(pid)),
    (fresh) => fresh.length === 1,
  )
  // Its turn comes when the first is replaced.
  process.kill(before.at(-1) ?? 0, 'SIGKILL')
  const old = () => workers().filter((pid) => before.includes(pid))
  await eventually(
    async () => old(),
    (pids) => pids.length === 0,
  )
  // A second replacement ends after what the first one left to be done.
  const between = workers()
  process.kill(here.keybound.pid() ?? 0, 'SIGHUP')
  await eventually(
    async () => workers(),
    (pids) => pids.length <= processes && between.every((pid) => !pids.includes(pid)),
  )
  expect(first).toBeDefined()
  expect(workers()).toHaveLength(processes)
})

test('when the first process is killed, the others answer the requests that they have begun', {
  timeout: 400_000,
}, async () => {
  const { hostname, port } = new URL(here.keybound.baseUrl)
  const open = workers().map(() => connect(Number(port), hostname))
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
  await here.keybound.crash()
  expect((await logIn(issuer.token())).status).toBe(200)
})
