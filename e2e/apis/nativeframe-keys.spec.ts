import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKeybound } from '../fixtures/keybound'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { bearer } from './client'
import { type Installation, install } from './installation'
import { createIssuer, now } from './issuer'
import { at, base, expectError, invalid, issuerCalls, jwkOf, newIss, notFound, rawPrm } from './nativeframe-calls'

let peer: JwksServer
let here: Installation
let folder = ''
beforeAll(async () => {
  peer = await startJwksServer()
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-issuers-'))
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
})
afterAll(async () => {
  await here.stop()
  await peer.stop()
  rmSync(folder, { recursive: true, force: true })
})

const { made, login, try_ } = issuerCalls(() => here)

describe('the test of a token', () => {
  test('answers the whole trace, issues nothing and is no login', async () => {
    const { iss, token } = await made({ aud: ['a'] })
    const tokens = await here.db.accessToken.count()
    const good = await try_(iss, token({ aud: 'a' }))
    expect(good.body).toMatchObject({ accepted: true, decisionId: good.headers.get('x-request-id') })
    const bad = await try_(iss, token({ aud: 'b', exp: now() - 5 }))
    expect(bad.status).toBe(200)
    expect(bad.body.accepted).toBe(false)
    const statuses = Object.fromEntries(
      bad.body.checks.map((check: { id: string; status: string }) => [check.id, check.status]),
    )
    expect(statuses).toMatchObject({ signature: 'pass', iss: 'pass', aud: 'fail', exp: 'fail', grant: 'skipped' })
    for (const check of bad.body.checks) {
      expect(check).toMatchObject({ id: expect.any(String), status: expect.any(String), message: expect.any(String) })
    }
    expect(await here.db.accessToken.count()).toBe(tokens)
    const kept = await here.db.decision.findUniqueOrThrow({ where: { id: bad.body.decisionId } })
    expect(kept).toMatchObject({ method: 'test', accepted: false, checkId: 'exp', identityId: null })
  })

  test('of an issuer that is not there is 404, of a text that is no token 200', async () => {
    notFound(await try_(newIss(), 'a.b.c'))
    const { iss } = await made()
    const answer = await try_(iss, 'not a token')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.accepted).toBe(false)
  })
})

describe('keys of the URL and keys supplied', () => {
  const sign = (key: ReturnType<JwksServer['rotate']>, iss: string, kid: string | undefined = key.kid) =>
    createIssuer('ES256', { privateKey: key.privateKey, publicKey: createPublicKey(key.privateKey) }).token(
      { iss },
      { kid },
    )

  test('are merged at verification: the URL wins its kids, the supplied fill in; the answer shows only the supplied', async () => {
    const fetched = peer.rotate({ kid: 'shared' })
    const shadowed = createIssuer()
    const extra = createIssuer()
    const keys = [jwkOf(shadowed, 'shared'), jwkOf(extra, 'extra')]
    const { iss, answer } = await made({ JWKsURL: peer.jwksUrl, keys })
    expect(answer.body.keys).toEqual(keys)
    expect((await login(sign(fetched, iss))).status).toBe(200)
    expect((await login(extra.token({ iss }, { kid: 'extra' }))).status).toBe(200)
    expectError(await login(shadowed.token({ iss }, { kid: 'shared' })), {
      status: 401,
      errorCode: 'signature_invalid',
    })
    expect((await here.admin.get(at(iss))).body.keys).toEqual(keys)

    const jwks = await here.anonymous.get(`/auth/v1/jwks?iss=${encodeURIComponent(iss)}`)
    expect(jwks.status, jwks.text).toBe(200)
    expect(jwks.body.keys.map(({ kid }: { kid: string }) => kid)).toEqual(['shared', 'extra'])
    expect(jwks.body.keys[0].x).toBe(fetched.jwk.x)
  })

  test('a token without a kid needs the only fitting key', async () => {
    const one = await made()
    expect((await login(one.token({}, { kid: undefined }))).status).toBe(200)
    const two = await made({ keys: [jwkOf(createIssuer(), 'a'), jwkOf(createIssuer(), 'b')] })
    expectError(await login(two.token({}, { kid: undefined })), { status: 401, errorCode: 'key_ambiguous' })
  })

  test('when the URL fails, its last good keys and the supplied ones serve', async () => {
    const own = await startJwksServer({ port: 0 })
    const kept = createIssuer()
    try {
      const fetched = own.rotate({ kid: 'fetched' })
      const { iss } = await made({ JWKsURL: own.jwksUrl, keys: [jwkOf(kept, 'kept')] })
      expect((await login(sign(fetched, iss))).status).toBe(200)
      await own.stop()
      expect((await login(kept.token({ iss }, { kid: 'kept' }))).status).toBe(200)
      expect((await login(sign(fetched, iss))).status).toBe(200)
      // An issuer whose URL never answered has only what was supplied.
      const other = await made({ JWKsURL: `${own.origin}/other`, keys: [jwkOf(kept, 'kept')] })
      expect((await login(kept.token({ iss: other.iss }, { kid: 'kept' }))).status).toBe(200)
      const unknown = await login(sign(fetched, other.iss))
      expectError(unknown, { status: 503, errorCode: 'key_source_unavailable' })
      expect(unknown.headers.get('retry-after')).toMatch(/^\d+$/)
    } finally {
      await own.stop()
    }
  })

  test('are public: only their public members, by the issuer’s name', async () => {
    const { iss, signer } = await made({ project: { id: 'keys' } })
    const ask = (query: string) => here.anonymous.get(`/auth/v1/jwks?${query}`)
    const { x, y } = signer.publicKey.export({ format: 'jwk' })
    const mine = `iss=${encodeURIComponent(iss)}`
    expect((await ask(mine)).body).toEqual({ keys: [{ kty: 'EC', crv: 'P-256', x, y, kid: 'k1' }] })
    expect((await ask(`${mine}&project=keys`)).status).toBe(200)
    notFound(await ask(`${mine}&project=other`))
    notFound(await ask(`iss=${encodeURIComponent(newIss())}`))
    expect(invalid(await ask(''))).toEqual(['query.iss invalid_type'])
    peer.rawBody = JSON.stringify({ keys: [{ ...createIssuer().privateKey.export({ format: 'jwk' }), kid: 'leak' }] })
    const leaky = await made({ JWKsURL: `${peer.jwksUrl}?leaky` })
    expect((await ask(`iss=${encodeURIComponent(leaky.iss)}`)).text).not.toContain('"d"')
    peer.rawBody = null
  })
})

describe('issuers from a configuration file', () => {
  const file = (name: string, text: string) => {
    const place = path.join(folder, name)
    writeFileSync(place, text)
    return place
  }
  const signer = createIssuer()
  const key = JSON.stringify(jwkOf(signer))
  const one = (iss: string, more = '') => `- iss: ${iss}\n  project: { id: edge }\n  keys: [${key}]\n${more}`

  test('exist from the start, are shown as static, accept tokens, and cannot be changed', async () => {
    const [ci, edge] = [newIss(), newIss()]
    const same = newIss()
    const settings = one(ci, '  internal: true\n  prm: 18446744073709551615\n') + one(edge) + one(same)
    const installation = await install({ KEYBOUND_STATIC_ISSUERS: file('first.yaml', settings) })
    const { admin, anonymous, db, keybound } = installation
    try {
      const read = await admin.get(at(ci))
      expect(read.body).toMatchObject({ iss: ci, static: true, internal: true, project: { id: 'edge' } })
      expect(rawPrm(read.text)).toBe('18446744073709551615')
      expect(
        (await anonymous.post('/auth/v1/tokens', { token: signer.token({ iss: ci }, { kid: 'k1' }) })).status,
      ).toBe(200)
      const bought = await anonymous.post('/auth/v1/tokens', { token: signer.token({ iss: edge }, { kid: 'k1' }) })
      for (const answer of [
        await admin.put(at(ci), read.body),
        await admin.put(at(ci), {}),
        await admin.delete(at(ci)),
      ]) {
        expectError(answer, { status: 403, errorCode: 'static_issuer' })
      }
      const { actorKind } = await db.auditEntry.findFirstOrThrow({ where: { targetName: ci } })
      expect(actorKind).toBe('system')

      // The next start changes one, drops one with its tokens, takes one over, and leaves what is as it was.
      const mine = await made({}, admin)
      const next = one(ci, '  aud: [changed]\n') + one(mine.iss) + one(same)
      const again = { DATABASE_URL: keybound.databaseUrl, KEYBOUND_STATIC_ISSUERS: file('next.yaml', next) }
      const entriesOf = (name: string) => db.auditEntry.count({ where: { targetName: name } })
      const before = await entriesOf(same)
      await (await startKeybound({ env: again })).stop()
      expect((await admin.get(at(ci))).body).toMatchObject({ aud: ['changed'], internal: false, prm: 0 })
      notFound(await admin.get(at(edge)))
      expect((await admin.get(at(mine.iss))).body).toMatchObject({ static: true, keys: [jwkOf(signer)] })
      expectError(await anonymous.as(bearer(bought.body.accessToken)).get(base), {
        status: 401,
        errorCode: 'unauthenticated',
      })
      expect(before).toBe(1)
      expect(await entriesOf(same)).toBe(before)
      await (await startKeybound({ env: { DATABASE_URL: keybound.databaseUrl } })).stop()
      expect((await admin.get(base)).body.issuers).toEqual([])
    } finally {
      await installation.stop()
    }
  })

  test('with errors prevent the server from starting, and are reported by line and column', async () => {
    const wrong = file('wrong.yaml', one(newIss(), '  prm: -1\n'))
    await expect(startKeybound({ env: { KEYBOUND_STATIC_ISSUERS: wrong } })).rejects.toThrow(
      /wrong\.yaml:4:3: \[0\]\.prm/,
    )
  })
})
