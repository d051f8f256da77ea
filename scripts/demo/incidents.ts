import { wordError } from '@/lib/net/fetch-failure'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { Enrolled } from './history'
import { type DemoKey, mint, mintUnsigned, mintWithPublicKeyAsSecret } from './issuer'
import { type Attempt, attemptOf } from './logins'
import { keyChange } from './other-machines'
import { type Random, seededRandom } from './random'

export type Scene = {
  named: (name: string) => Enrolled
  daysAgo: (days: number) => Date
  random: Random
  stranger: DemoKey
}

/** The week in which three things went wrong, and a token in two places last night. */
export async function incidents(scene: Scene): Promise<Attempt[]> {
  return [
    ...(await expiredKeyStorm(scene)),
    ...(await probing(scene)),
    ...(await foreignCertificate(scene)),
    ...(await copiedToken(scene)),
  ]
}

/** The partner's key expires; its client tries again every few minutes, day and night, until the new key is typed in. */
async function expiredKeyStorm({ named, daysAgo, random, stranger }: Scene): Promise<Attempt[]> {
  const who = named('partner-acme-sync')
  const attempts: Attempt[] = []
  for (let days = keyChange.daysAgo - 0.01; days > keyChange.mendedDaysAgo; days -= random.between(6, 12) / 1440) {
    attempts.push(await attemptOf(who, daysAgo(days), { random, daysAgo: days, stranger }))
  }
  return attempts
}

/** An attacker tries the known tricks on payments-deployer, within ten minutes, from one address. */
async function probing({ named, daysAgo, random, stranger }: Scene): Promise<Attempt[]> {
  const who = named('payments-deployer')
  const key = who.machine.issuer.keys[0]
  const ownKey = { jwk: stranger.jwk }
  const tricks: ((claims: Record<string, unknown>) => string | Promise<string>)[] = [
    (claims) => mintUnsigned(claims),
    (claims) => mintWithPublicKeyAsSecret({ key, claims }),
    (claims) => mint({ key: stranger, claims }),
    (claims) => mint({ key: stranger, claims, header: ownKey }),
    (claims) => mint({ key: stranger, claims, header: { kid: '../../dev/null' } }),
    async (claims) => `${(await mint({ key, claims })).slice(0, -6)}AAAAAA`,
    () => 'admin:admin',
  ]
  const attempts: Attempt[] = []
  for (let turn = 0; turn < 34; turn++) {
    const at = daysAgo(22.6 - turn * (0.29 / 1440))
    const now = Math.floor(at.getTime() / 1000)
    const claims = { iss: who.machine.issuer.url, iat: now, exp: now + 300, ...who.machine.claims(random, 22) }
    const trick = tricks[turn % tricks.length] ?? mintUnsigned
    attempts.push({ who, at, token: await trick(claims), ip: '198.51.100.213', userAgent: 'python-requests/2.28.1' })
  }
  return attempts
}

/** The warehouse's key server gets a certificate of another authority, and Keybound does not know that authority. */
async function foreignCertificate({ named, daysAgo, random, stranger }: Scene): Promise<Attempt[]> {
  const who = named('warehouse-etl')
  const attempts: Attempt[] = []
  for (let days = 20.4; days > 20.1; days -= random.between(9, 14) / 1440) {
    const attempt = await attemptOf(who, daysAgo(days), { random, daysAgo: days, stranger })
    attempts.push({ ...attempt, keySet: foreignAuthority })
  }
  return attempts
}

/** A token of the preview jobs is taken from a log, and used again from elsewhere while it lives. */
async function copiedToken({ named, daysAgo }: Scene): Promise<Attempt[]> {
  const who = named('ci-preview-bot')
  const { issuer, claims, ips, userAgent, lifeSeconds } = who.machine
  const days = 0.4
  const at = daysAgo(days)
  const iat = Math.floor(at.getTime() / 1000) - 3
  // Its own numbers, so that all else in the demo is what it was.
  const said = { iss: issuer.url, iat, exp: iat + (lifeSeconds ?? 300), ...claims(seededRandom(7), days) }
  const token = await mint({ key: issuer.keys[0], claims: said })
  const later = new Date(at.getTime() + 95_000)
  return [
    { who, at, token, ip: ips[0] ?? '192.0.2.10', userAgent },
    { who, at: later, token, ip: '198.51.100.213', userAgent: 'python-requests/2.28.1' },
  ]
}

const cause = Object.assign(new Error('unable to verify the first certificate'), {
  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
})
const { reason, message, fix } = wordError(cause)
const foreignAuthority: KeySet = { status: 'unavailable', reason, message, fix }
