import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'

const file = path.resolve(import.meta.dirname, '../examples/webhook-receiver/receiver.mjs')
const key = randomBytes(32)
let receiver: ChildProcess | undefined
afterEach(() => void receiver?.kill())

/** Starts the receiver of the example. Answers its address and what it has said. */
async function start() {
  const env = { ...process.env, WEBHOOK_SECRET: `whsec_${key.toString('base64')}`, PORT: '0' }
  receiver = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  receiver.stdout?.on('data', (data) => (said.out += data))
  receiver.stderr?.on('data', (data) => (said.err += data))
  const address = () => /http:\S+/.exec(said.out)?.[0] ?? ''
  await expect.poll(address).not.toBe('')
  return { url: address(), said }
}

async function send(url: string, events: unknown) {
  const body = JSON.stringify(events)
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = `v1,${createHmac('sha256', key).update(`m.${timestamp}.${body}`).digest('base64')}`
  const headers = { 'webhook-id': 'm', 'webhook-timestamp': `${timestamp}`, 'webhook-signature': signature }
  return (await fetch(url, { method: 'POST', headers, body })).status
}
const event = (id: string, number: number) => ({
  ...{ id, sequence: `${number}`.padStart(10, '0'), time: '2026-06-01T12:00:00Z', type: 'keybound.test', subject: id },
})

test('the example drops what it has by its id, tells of holes, and takes an event whose number it has seen', async () => {
  const { url, said } = await start()
  expect(await send(url, event('one', 1))).toBe(204)
  expect(await send(url, [event('one', 1), event('two', 2)])).toBe(204)
  expect(await send(url, event('five', 5))).toBe(204)
  // After a backup was restored numbers begin again where they were.
  expect(await send(url, event('other', 2))).toBe(204)
  await expect
    .poll(() => said.out.match(/keybound\.test (\w+)/g))
    .toEqual(['one', 'two', 'five', 'other'].map((id) => `keybound.test ${id}`))
  expect(said.err).toContain('Events 3 to 4 are missing.')
})

test('the example refuses what is not signed', async () => {
  const { url } = await start()
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
})
