import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { removeExpired } from '@/lib/services/retention/remove-expired'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { TrustDraft } from '@/lib/trust/trust'
import { newSecret } from '../sign-in/sign-in-secret'
import { catchToken } from './catch-token'
import { openInbox } from './open-inbox'
import { closeInbox, getInbox } from './own-inbox'

const issuer = 'https://issuer.example'
let pem: string
let privateKey: CryptoKey
let addresses = 0
beforeAll(async () => {
  const pair = await generateKeyPair('ES256')
  pem = await exportSPKI(pair.publicKey)
  privateKey = pair.privateKey
})

describe.each(databaseNames)('on %s', (database) => {
  const service = useService(database)

  const draft = () => {
    const { identityId: _, ...policy } = TrustDraft.parse({
      ...{ kind: 'jwt', name: 'trust', issuer, keys: [{ kind: 'static-pem', pem }], options: {} },
      rules: [{ path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] } }],
    })
    return policy as Parameters<typeof openInbox>[1]
  }

  const sign = (claims: Record<string, unknown> = {}, key = privateKey) => {
    const at = service.context({ kind: 'anonymous' }).now().getTime() / 1000
    return new SignJWT({ iss: issuer, sub: 'job', aud: 'keybound', iat: at, exp: at + 300, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(key)
  }

  /** A workload without any credential, at an address of its own. */
  const workload = () => {
    addresses += 1
    return { ...service.context({ kind: 'anonymous' }), ip: `198.18.${addresses >> 8}.${addresses & 255}` }
  }
  const post = (inbox: string, token: string) => catchToken(workload(), { inbox, token })

  async function opened() {
    const person = await service.person('member')
    const inbox = await openInbox(person.ctx, draft())
    return { person, inbox, read: () => getInbox(person.ctx, inbox.id) }
  }

  /** Every text of every row of inboxes and the audit. */
  async function allStored() {
    const { db } = service
    const orderBy = { id: 'asc' } as const
    return JSON.stringify([await db.tokenInbox.findMany({ orderBy }), await db.auditEntry.findMany({ orderBy })])
  }

  test('a token that is sent with the secret is judged by the draft, and its owner sees header, claims and verdict', async () => {
    const { inbox, read } = await opened()
    expect(await read()).toMatchObject({ caughtAt: null, evaluation: null })
    await post(inbox.secret, await sign({ ref: 'refs/heads/main' }))
    const { caughtAt, evaluation } = await read()
    expect(caughtAt).not.toBeNull()
    expect(evaluation).toMatchObject({ accepted: true, header: { kid: 'k1' }, claims: { ref: 'refs/heads/main' } })
    expect(evaluation?.checks.find(({ id }) => id === 'signature')?.status).toBe('pass')
  })

  test('a refused token is caught with the check that refuses it', async () => {
    const { privateKey: other } = await generateKeyPair('ES256')
    const { inbox, read } = await opened()
    await post(inbox.secret, await sign({ aud: 'other' }, other))
    const failed = (await read()).evaluation?.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)
    expect(failed).toEqual(expect.arrayContaining(['signature', 'aud']))
  })

  test('the second token is refused and changes nothing, also when several come at once', async () => {
    const { inbox, read } = await opened()
    const tokens = await Promise.all(['1', '2', '3', '4'].map((run) => sign({ run })))
    const outcomes = await Promise.allSettled(tokens.map((token) => post(inbox.secret, token)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const before = await read()
    await expect(post(inbox.secret, await sign({ run: '5' }))).rejects.toMatchObject({
      ...{ kind: 'conflict', reason: 'inbox_used' },
    })
    expect(await read()).toEqual(before)
  })

  test('nothing of a signature is stored, wherever the token repeats it', async () => {
    const token = await sign()
    const [header, claims, signature = ''] = token.split('.')
    // A header and claims that name another token's signature, as an issuer of such claims could write them.
    const crafted = await sign({ copy: signature, [signature]: [{ deep: `x${signature}x` }] })
    const sent = [
      token,
      crafted.replace(/[^.]+$/, signature),
      `${header}.${claims}.${signature}.more`,
      `${header}..${signature}`,
      signature,
      `Bearer ${token}`,
    ]
    for (const text of sent) {
      const { inbox, read } = await opened()
      await post(inbox.secret, text)
      expect((await read()).evaluation).not.toBeNull()
    }
    const stored = await allStored()
    expect(stored).not.toContain(signature)
    // Nor a piece of it that is long enough to search for.
    for (let at = 0; at + 16 <= signature.length; at++) expect(stored).not.toContain(signature.slice(at, at + 16))
  })

  test('the secret is stored as its SHA-256 alone, and has 256 bits', async () => {
    const { inbox } = await opened()
    expect(inbox.secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const stored = await allStored()
    expect(stored).toContain(await sha256Hex(inbox.secret))
    expect(stored).not.toContain(inbox.secret)
  })

  test('only its owner can read or close it, and none can be found by guessing', async () => {
    const { inbox, read } = await opened()
    const before = await read()
    for (const role of ['admin', 'member'] as const) {
      const { ctx } = await service.person(role)
      await expect(getInbox(ctx, inbox.id)).rejects.toMatchObject({ kind: 'not-found' })
      await expect(closeInbox(ctx, inbox.id)).rejects.toMatchObject({ kind: 'not-found' })
    }
    await expect(getInbox(workload(), inbox.id)).rejects.toMatchObject({ kind: 'unauthenticated' })
    await expect(post(newSecret(), await sign())).rejects.toMatchObject({ kind: 'not-found' })
    expect(await read()).toEqual(before)
  })

  test('an address that tries many secrets is refused, and others are not', async () => {
    const { inbox } = await opened()
    const guesser = workload()
    for (let guess = 0; guess < 30; guess++) {
      await expect(catchToken(guesser, { inbox: newSecret(), token: 'x' })).rejects.toMatchObject({ kind: 'not-found' })
    }
    const again = catchToken(guesser, { inbox: inbox.secret, token: 'x' })
    await expect(again).rejects.toMatchObject({ kind: 'too-many' })
    await post(inbox.secret, await sign())
  })

  test('a token that is too long is refused before an inbox is used up', async () => {
    const { inbox, read } = await opened()
    await expect(post(inbox.secret, 'x'.repeat(20_000))).rejects.toThrow()
    expect((await read()).caughtAt).toBeNull()
  })

  test('only who may change trusts opens one, on record; the sixth takes the place of the first', async () => {
    await expect(openInbox((await service.person('auditor')).ctx, draft())).rejects.toMatchObject({ kind: 'forbidden' })
    const { ctx } = await service.person('member')
    const first = await openInbox(ctx, draft())
    expect((await service.recorded(ctx)).map(({ action }) => action)).toContain('token-inbox.opened')
    for (let more = 0; more < 5; more++) {
      service.pass(1)
      await openInbox(ctx, draft())
    }
    await expect(getInbox(ctx, first.id)).rejects.toMatchObject({ kind: 'not-found' })
    const owned = { ownerId: ctx.actor.kind === 'user' ? ctx.actor.id : '' }
    expect(await service.db.tokenInbox.count({ where: owned })).toBe(5)
  })

  test('is removed by its owner, with what it has caught, on record', async () => {
    const { person, inbox } = await opened()
    const { ctx } = person
    await closeInbox(ctx, inbox.id)
    expect((await service.recorded(ctx)).map(({ action }) => action)).toContain('token-inbox.closed')
    await expect(post(inbox.secret, await sign())).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('takes and shows nothing after ten minutes, and is swept then', async () => {
    const { person, inbox } = await opened()
    await post(inbox.secret, await sign())
    const late = await openInbox(person.ctx, draft())
    service.pass(601)
    await expect(getInbox(person.ctx, inbox.id)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(post(late.secret, await sign())).rejects.toMatchObject({ kind: 'not-found' })
    const removed: string[] = []
    await removeExpired({
      ...{ db: service.db, now: person.ctx.now(), mayGoOn: async () => true, pause: async () => {} },
      onRemoved: (kind) => removed.push(kind),
    })
    expect(removed).toContain('token-inboxes')
    expect(await service.db.tokenInbox.count()).toBe(0)
  })
})
