import { afterEach, expect, test } from 'vitest'
import { type JwksServer, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority, createSelfSigned, type TlsIdentity } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { guardedGet } from './guarded-fetch'

const running: JwksServer[] = []
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())))

const year = 365 * 86_400_000
const over = { notBefore: new Date(Date.now() - 2 * year), notAfter: new Date(Date.now() - year) }
const toCome = { notBefore: new Date(Date.now() + year), notAfter: new Date(Date.now() + 2 * year) }

const sound = createAuthority('Sound CA')
const expiredCa = createAuthority('Old CA', over)
const futureCa = createAuthority('Coming CA', toCome)
const expiredBelow = sound.issueAuthority('Old intermediate', over)
const futureBelow = sound.issueAuthority('Coming intermediate', toCome)
const own = createSelfSigned(over)

/** The host's certificate, the CA given, the cause that every caller is told, and what the owner is told besides. */
const cases: [string, TlsIdentity, string, RegExp, RegExp][] = [
  [
    'its own certificate has expired',
    sound.issue(over),
    sound.cert,
    /^The key source’s TLS certificate has expired\.$/,
    /valid until/,
  ],
  [
    'its intermediate certificate has expired',
    expiredBelow.issue(),
    sound.cert,
    /^An intermediate certificate in the TLS chain of the key source has expired\.$/,
    /"CN=Old intermediate".*|its own certificate is not at fault/,
  ],
  [
    'the CA certificate given has expired',
    expiredCa.issue(),
    expiredCa.cert,
    /^The CA certificate given for the key source has expired\.$/,
    /the host’s own certificate is not at fault\. It is "CN=Old CA"/,
  ],
  [
    'both have expired',
    expiredCa.issue(over),
    expiredCa.cert,
    /TLS certificate has expired/,
    /CA certificate given has expired as well/,
  ],
  ['a pinned certificate has expired', own, own.cert, /^The key source’s TLS certificate has expired\.$/, /Renew/],
  [
    'its own certificate is not valid yet',
    sound.issue(toCome),
    sound.cert,
    /TLS certificate is not valid yet/,
    /clocks/,
  ],
  [
    'its intermediate is not valid yet',
    futureBelow.issue(),
    sound.cert,
    /^An intermediate .* is not valid yet/,
    /valid from/,
  ],
  [
    'the CA certificate given is not valid yet',
    futureCa.issue(),
    futureCa.cert,
    /^The CA certificate given .* is not valid yet/,
    /Paste/,
  ],
  [
    'it was made for another name',
    sound.issue({ names: ['other.example'] }),
    sound.cert,
    /^The key source’s TLS certificate was made for another host name\.$/,
    /It was made for DNS:other\.example\./,
  ],
  [
    'its authority is not known',
    sound.issue(),
    '',
    /^The key source’s TLS certificate is signed by an authority this server does not know\./,
    /issued by "CN=Sound CA"/,
  ],
  [
    'another CA is given',
    sound.issue(),
    createAuthority('Another CA').cert,
    /^The key source’s TLS certificate is not signed by the CA certificate given for it\.$/,
    /the one given is "CN=Another CA"\. .*issued by "CN=Sound CA"/,
  ],
  ['it is self-signed', createSelfSigned(), '', /^The key source’s TLS certificate is self-signed\. Give it/, /Paste/],
]
test.each(cases)('when %s, that certificate is blamed', async (_, tls, caCert, message, fix) => {
  const server = await startJwksServer({ tls })
  running.push(server)
  const fetched = await guardedGet(server.jwksUrl, { allowed: parseAllowedOrigins('127.0.0.1/32'), caCert })
  expect(fetched).toMatchObject({
    ok: false,
    reason: 'tls-untrusted',
    message: expect.stringMatching(message),
    fix: expect.stringMatching(fix),
  })
  // Whose certificate it is stays with the owner.
  expect(!fetched.ok && fetched.message).not.toMatch(/CN=|example/)
  expect(server.requests).toEqual([])
})
