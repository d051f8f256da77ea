// node scripts/soak-sign-ins.mjs [--attempts=100000] [--shape=address|network|both]: wrong sign-ins with ever new email addresses,
// sent to the built server (npm run build), and what they leave of its memory. Ends with 1 if that grew by more than a fifth.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '100000' },
    'warm-up': { type: 'string', default: '10000' },
    shape: { type: 'string', default: 'both' },
    connections: { type: 'string', default: '20' },
  },
})
const growthMax = 0.2

/** The address that an attempt comes from: always one, or one of a network of 64 bits that one customer has. */
const shapes = {
  address: () => '198.51.100.7',
  network: (at) => `2001:db8:1:2:${Math.floor(at / 65536).toString(16)}:${(at % 65536).toString(16)}:0:1`,
}
const wanted = values.shape === 'both' ? Object.keys(shapes) : [values.shape]
if (wanted.some((name) => !(name in shapes))) throw new Error('--shape is address, network or both.')

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-soak-'))
const port = await freePort()
const server = startServer()
try {
  await ready()
  let at = 0
  const attempt = async (shape) => {
    const body = JSON.stringify({ email: `unknown-${at++}@example.com`, password: 'a wrong password' })
    const headers = { 'x-forwarded-for': shapes[shape](at), origin: `http://127.0.0.1:${port}` }
    return send('POST', '/api/admin/session', body, headers)
  }
  const rounds = async (count) => {
    const statuses = {}
    for (const shape of wanted) {
      let left = Math.floor(count / wanted.length)
      const work = async () => {
        while (left-- > 0) {
          const status = await attempt(shape)
          statuses[status] = (statuses[status] ?? 0) + 1
        }
      }
      await Promise.all(Array.from({ length: Number(values.connections) }, work))
    }
    return statuses
  }
  console.log(`${process.version}, ${wanted.join(' and ')}`)
  console.log('warm-up', JSON.stringify(await rounds(Number(values['warm-up']))))
  const before = await measured('after warm-up')
  const parts = 5
  for (let part = 1; part <= parts; part++) {
    const statuses = await rounds(Math.floor(Number(values.attempts) / parts))
    console.log(`${part}/${parts}`, JSON.stringify(statuses), `RSS ${megabytes(rssOf(server.pid))}`)
  }
  const after = await measured(`after ${values.attempts} attempts`)
  const growth = after.rss / before.rss - 1
  console.log(`RSS ${growth < 0 ? '' : '+'}${(growth * 100).toFixed(1)} %`)
  process.exitCode = growth > growthMax ? 1 : 0
} finally {
  server.kill('SIGTERM')
  await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}

/** Memory as it is, and once garbage was collected: what then remains is held. */
async function measured(when) {
  const asItIs = rssOf(server.pid)
  await pause(2_000)
  const { rss, heapUsed, external, arrayBuffers } = await collected()
  const parts = { 'heap in use': heapUsed, external, 'array buffers': arrayBuffers }
  const shown = Object.entries(parts).map(([name, bytes]) => `${name} ${megabytes(bytes)}`)
  console.log(`${when}: RSS ${megabytes(asItIs)}, settled ${megabytes(rss)} (${shown.join(', ')})`)
  return { rss }
}

function startServer() {
  const hook = 'process.on("SIGUSR2", () => { gc(); gc(); process.send(process.memoryUsage()) })'
  return spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      `data:text/javascript,${encodeURIComponent(hook)}`,
      fileURLToPath(new URL('../dist/server.js', import.meta.url)),
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'production',
        PORT: String(port),
        DATABASE_URL: `file:${path.join(folder, 'keybound.db')}`,
        KEYBOUND_SECRET: 'a secret for tests, known to all',
        TRUSTED_PROXY_HOPS: '1',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
}

async function collected() {
  server.kill('SIGUSR2')
  const [usage] = await once(server, 'message')
  return usage
}

function rssOf(pid) {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

async function ready() {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`)
    if ((await send('GET', '/api/status').catch(() => 0)) === 200) return
    await pause(50)
  }
}

function send(method, path, body, headers = {}) {
  send.agent ??= new Agent({ keepAlive: true, maxSockets: Number(values.connections) })
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent: send.agent }
    const sent = request({ ...options, headers: { ...headers, 'content-type': 'application/json' } }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`
}
