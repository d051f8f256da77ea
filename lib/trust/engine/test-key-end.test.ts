import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { markTestPem } from '../keys/test-key'
import { TrustPolicy } from '../policy'
import { askSources } from './checks/key-candidates'
import { effectiveKeysOf } from './effective-keys'
import { verify } from './verify'

const now = 1_790_000_000
const noKeys = () => Promise.reject(new Error('No key is fetched here.'))

async function signed() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const token = await new SignJWT({ iss: 'https://issuer.example', sub: 'job', exp: now + 1000 })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  return { pem: await exportSPKI(publicKey), token }
}

const policyOf = (...pems: string[]) => TrustPolicy.parse({ keys: pems.map((pem) => ({ kind: 'static-pem', pem })) })

test('a test key verifies until its end, and nothing after it', async () => {
  const { pem, token } = await signed()
  const trust = policyOf(markTestPem(pem, now))
  expect(await verify({ token, trust, keys: noKeys, now })).toMatchObject({ accepted: true })
  const after = await verify({ token, trust, keys: noKeys, now: now + 1 })
  expect(after).toMatchObject({ accepted: false, decisive: { id: 'keys.usable', reason: 'key_unusable' } })
  expect(after.decisive?.fix).toContain('This test key expired on 2026-09-21T14:13:20.000Z.')
})

test('an ended test key takes nothing from the other keys of the trust', async () => {
  const [test, other] = [await signed(), await signed()]
  const trust = policyOf(markTestPem(test.pem, now - 1), other.pem)
  expect(await verify({ token: other.token, trust, keys: noKeys, now })).toMatchObject({ accepted: true })
  expect(await verify({ token: test.token, trust, keys: noKeys, now })).toMatchObject({ accepted: false })
  const asked = await askSources(trust.keys, noKeys, { kid: null, alg: '' })
  const { keys, unavailable } = effectiveKeysOf(trust, asked, now)
  expect(keys).toHaveLength(1)
  expect(unavailable).toMatchObject([{ source: 0 }])
})

test('a test key without an end, and any other key, verify as before', async () => {
  const { pem, token } = await signed()
  for (const text of [markTestPem(pem), pem]) {
    expect(await verify({ token, trust: policyOf(text), keys: noKeys, now })).toMatchObject({ accepted: true })
  }
})
