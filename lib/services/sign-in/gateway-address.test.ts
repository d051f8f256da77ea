import { expect, test, vi } from 'vitest'
import { gatewayAddress, intentOf } from './gateway-address'

vi.mock('@/lib/env', () => ({ env: () => ({ KEYBOUND_SECRET: 'a secret for tests, known to all' }) }))

const intent = '3f0a1f7e-5d0c-4f5c-9c53-1f2c5a6b7d8e'
const parametersOf = (address: string) => {
  const { searchParams } = new URL(address)
  return [searchParams.get('authRequestID'), searchParams.get('userAgentID')] as const
}

test("the endpoint's own parameters stay, and what is added comes back as the intent", async () => {
  const address = await gatewayAddress('https://app.example/jwt?tenant=a%20b', intent)
  expect(address).toMatch(/^https:\/\/app\.example\/jwt\?tenant=a(\+|%20)b&authRequestID=.+&userAgentID=[\w-]+$/)
  expect(await intentOf(...parametersOf(address))).toBe(intent)
})

test('a state with any one character changed is refused', async () => {
  const [id, sealed] = parametersOf(await gatewayAddress('https://app.example/jwt', intent))
  for (let at = 0; at < sealed!.length; at += 7) {
    const other = sealed![at] === 'A' ? 'B' : 'A'
    expect(await intentOf(id, sealed!.slice(0, at) + other + sealed!.slice(at + 1)), `${at}`).toBeNull()
  }
})

test.each([
  [null, 'x'],
  ['x', null],
  ['', ''],
  ['x', '%%%'],
])('%s and %s are refused', async (id, sealed) => {
  expect(await intentOf(id, sealed)).toBeNull()
})
