import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'
import { newStreamSecret, sealStreamSecret, signatureHeaders, signingSecrets } from './stream-secret'

const at = new Date('2026-06-01T12:00:00Z')
const hoursLater = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

beforeAll(() => {
  perProcess('env').value = parseEnv({ KEYBOUND_SECRET: randomBytes(32).toString('hex') }, '/nowhere')
})

test('a message is signed as the test vector of Standard Webhooks is', async () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' }
  expect(await signatureHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a secret has 32 bytes, of the 24 to 64 that Standard Webhooks asks for', () => {
  const secret = newStreamSecret()
  expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32)
  expect(newStreamSecret()).not.toBe(secret)
})

test('after a renewal the former secret signs for a day too, and the one before it no more', async () => {
  const [first, second, third] = [newStreamSecret(), newStreamSecret(), newStreamSecret()]
  const once = await sealStreamSecret(first, at)
  expect(once).not.toContain(first)
  const twice = await sealStreamSecret(second, at, once)
  expect(await signingSecrets(twice, hoursLater(23))).toEqual([second, first])
  expect(await signingSecrets(twice, hoursLater(25))).toEqual([second])
  expect(await signingSecrets(await sealStreamSecret(third, at, twice), at)).toEqual([third, second])
  const { 'webhook-signature': both } = await signatureHeaders([second, first], { id: 'm', at, body: '' })
  expect(both?.split(' ')).toHaveLength(2)
})

test('a secret that cannot be opened signs nothing', async () => {
  expect(await signingSecrets('not sealed', at)).toBeNull()
})
