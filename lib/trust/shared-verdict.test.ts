import fc from 'fast-check'
import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { verify } from './engine/verify'
import { encodeBase64url } from './keys/base64url'
import { TrustPolicy } from './policy'
import { fromFragment, type SharedVerdict, toFragment, toMarkdown, toShared } from './shared-verdict'

const now = 1_800_000_000

async function judged(claims: Record<string, unknown> = {}) {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const token = await new SignJWT({ iss: 'https://a.example', aud: 'x', exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  const trust = TrustPolicy.parse({
    keys: [{ kind: 'static-pem', pem: await exportSPKI(publicKey) }],
    rules: [{ path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] } }],
  })
  const verdict = await verify({ token, trust, keys: () => Promise.reject(new TypeError('no key is fetched')), now })
  return { token, shared: toShared(verdict, now) }
}

test('a link holds every check, header and claims as they were, and no signature', async () => {
  const { token, shared } = await judged({ big: 1, list: ['a', { b: 2 }] })
  const fragment = toFragment(shared)
  expect(fromFragment(`#${fragment}`)).toEqual(shared)
  expect(shared).toMatchObject({ accepted: false, decisive: 'aud', claims: { aud: 'x' }, header: { alg: 'ES256' } })
  const signature = token.split('.')[2] ?? ''
  expect(signature.length).toBeGreaterThan(20)
  expect(Buffer.from(fragment, 'base64url').toString()).not.toContain(signature)
  expect(toMarkdown(shared)).not.toContain(signature)
})

test('an integer beyond 2^53 stays exact', async () => {
  const { shared } = await judged()
  const exact: SharedVerdict = { ...shared, claims: { id: 18446744073709551615n } }
  expect(fromFragment(toFragment(exact))?.claims).toEqual({ id: 18446744073709551615n })
})

test('any other fragment is no verdict', () => {
  const encoded = (value: unknown) => encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))
  for (const fragment of [
    '',
    '#',
    '#x',
    encoded([]),
    encoded({ accepted: true }),
    encoded({ at: -1 }),
    'a'.repeat(300_000),
  ]) {
    expect(fromFragment(fragment)).toBeNull()
  }
  fc.assert(fc.property(fc.string(), (text) => fromFragment(text) === null))
  fc.assert(fc.property(fc.jsonValue(), (value) => fromFragment(encoded(value)) === null))
})

test('nothing that a token says is markup of the Markdown', async () => {
  const { shared } = await judged({ aud: '`|<img src=x>\n```\n# Title' })
  const lines = toMarkdown(shared).split('\n')
  expect(lines.filter((line) => line.startsWith('# '))).toEqual([])
  const row = lines.find((line) => line.startsWith('| fail')) ?? ''
  expect(row).toContain('````')
  // Four cells: five bars that are no text.
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(5)
})
