import { expect, test } from 'vitest'
import { underAddressLimit, underIdentityLimit } from './failed-logins'

/** Logins made at once, all of them refused or all accepted; how many were judged. */
async function judgedOf(
  count: number,
  login: { ip: (at: number) => string; identity: (at: number) => string; accepted: boolean },
) {
  let judged = 0
  const judge = async () => {
    judged++
    await new Promise(setImmediate)
    return { accepted: login.accepted }
  }
  const all = Array.from({ length: count }, (_, at) => {
    const ip = login.ip(at)
    return underAddressLimit(ip, () => underIdentityLimit(ip, login.identity(at), judge))
  })
  await Promise.allSettled(all)
  return judged
}

test('of refused logins at once on one identity, no more are judged than may be refused', async () => {
  expect(await judgedOf(400, { ip: () => '192.0.2.1', identity: () => 'a', accepted: false })).toBe(60)
})

test('of refused logins at once on ever other identities, too', async () => {
  expect(await judgedOf(900, { ip: () => '192.0.2.2', identity: String, accepted: false })).toBe(600)
})

test('addresses of one IPv6 /64 are one', async () => {
  expect(await judgedOf(100, { ip: (at) => `2001:db8::${at}`, identity: () => 'a', accepted: false })).toBe(60)
})

test('accepted logins at once are all of them judged', async () => {
  expect(await judgedOf(900, { ip: () => '192.0.2.3', identity: () => 'a', accepted: true })).toBe(900)
})
