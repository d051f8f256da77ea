import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { everything, failing } from '@/e2e/fixtures/failing-database'
import { inboxDraft } from '@/e2e/fixtures/inbox-draft'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { keySourceId } from '@/lib/net/key-cache'
import { renewAccessToken } from './access-token/renew-access-token'
import { revokeAccessToken, revokeOwnAccessToken } from './access-token/revoke-access-token'
import { attachTokenAuth, createToken, removeTokenAuth } from './access-token/token-auth'
import type { Context } from './context'
import { createIdentity } from './identity/create-identity'
import { fetchKeySource } from './key-source/fetch-key-source'
import { lookUpKeys } from './keys/look-up-keys'
import { tryToken } from './login/try-token'
import { setOrganizationSettings } from './organization/settings'
import { renameSelf } from './people/account'
import { makeResetLink } from './people/password-reset'
import { endMemberSession, endMemberSessions, endOwnSession } from './people/sessions'
import { muteFinding } from './posture/mute-finding'
import { unmuteFinding } from './posture/unmute-finding'
import { setRetention } from './retention/set-retention'
import { beginIntent } from './sign-in/begin-intent'
import { linkSubject } from './sign-in/link-subject'
import { unlinkSubject } from './sign-in/unlink-subject'
import { openInbox } from './token-inbox/open-inbox'
import { closeInbox } from './token-inbox/own-inbox'
import { createTrust } from './trust/create-trust'

/* What every verb owes: it asks for access, writes its audit entry in its transaction, and leaves nothing half done. */

const service = useService()

type Act = (ctx: Context) => Promise<unknown>
type Verb = {
  name: string
  /** What is on record afterwards. */
  action: string
  /** A role that is too low by one; null where every person may do it, and `token` where holding an access token is enough. */
  refused: 'no-access' | 'auditor' | 'member' | null | 'token'
  /** Makes what the act needs, for the person who will do it. */
  prepare: (person: Awaited<ReturnType<typeof service.person>>) => Promise<Act>
}

const url = 'https://issuer.example/jwks'
const fetchable = { kind: 'jwks-url' as const, url, caCert: '' }

async function issuedToken(ctx: Context) {
  const { id } = await createIdentity(ctx, { name: 'agent' })
  await attachTokenAuth(ctx, id, {})
  return { identityId: id, ...(await createToken(ctx, id, undefined)) }
}

const muteUntil = (until: string) => ({ rule: 'L17', reason: 'Accepted until the move.', until })

const signInTrust = (ctx: Context) =>
  createTrust(ctx, {
    kind: 'sign-in',
    name: `portal ${randomUUID()}`,
    issuer: 'https://gateway.example',
    keys: [{ kind: 'jwks-url', url: 'https://gateway.example/keys', caCert: '' }],
    options: { jwtEndpoint: 'https://gateway.example/jwt' },
  })

const verbs: Verb[] = [
  {
    name: 'changing the settings of an organization',
    action: 'organization.updated',
    refused: 'member',
    prepare: async () => (ctx) => setOrganizationSettings(ctx, { returnOrigins: [`https://${randomUUID()}.example`] }),
  },
  {
    name: 'changing how long records are kept',
    action: 'retention.updated',
    refused: 'member',
    prepare: async () => (ctx) => setRetention(ctx, { days: { 'audit-entries': 99 } }),
  },
  {
    name: 'muting a finding',
    action: 'finding.muted',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id } = await signInTrust(ctx)
      return (ctx) => muteFinding(ctx, id, muteUntil('2026-07-01T00:00:00Z'))
    },
  },
  {
    name: 'ending a mute',
    action: 'finding.unmuted',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id } = await signInTrust(ctx)
      await muteFinding(ctx, id, muteUntil('2026-07-01T00:00:00Z'))
      return (ctx) => unmuteFinding(ctx, { trustId: id, rule: 'L17' })
    },
  },
  {
    name: 'changing one’s own name',
    action: 'member.updated',
    refused: null,
    prepare: async () => (ctx) => renameSelf(ctx, { name: 'Countess' }),
  },
  {
    name: 'ending a session of one’s own',
    action: 'session.ended',
    refused: null,
    prepare: async ({ id: userId }) => {
      const id = await sessionOf(userId)
      return (ctx) => endOwnSession(ctx, id)
    },
  },
  {
    name: 'ending a session of a member',
    action: 'session.ended',
    refused: 'member',
    prepare: async () => {
      const { id, sessionId } = await service.person('auditor')
      return (ctx) => endMemberSession(ctx, id, sessionId)
    },
  },
  {
    name: 'ending all sessions of a member',
    action: 'session.ended',
    refused: 'member',
    prepare: async () => {
      const { id } = await service.person('auditor')
      return (ctx) => endMemberSessions(ctx, id)
    },
  },
  {
    name: 'making a link that resets a password',
    action: 'member.reset-link-made',
    refused: 'member',
    prepare: async () => {
      const { id } = await service.person('auditor')
      return (ctx) => makeResetLink(ctx, id)
    },
  },
  {
    name: 'removing Token Auth',
    action: 'token-auth.removed',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { identityId } = await issuedToken(ctx)
      return (ctx) => removeTokenAuth(ctx, identityId)
    },
  },
  {
    name: 'revoking an access token by its id',
    action: 'access-token.revoked',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id } = await issuedToken(ctx)
      return (ctx) => revokeAccessToken(ctx, id)
    },
  },
  {
    name: 'revoking the access token that is presented',
    action: 'access-token.revoked',
    refused: 'token',
    prepare: async ({ ctx }) => {
      const { accessToken } = await issuedToken(ctx)
      return (ctx) => revokeOwnAccessToken(ctx, accessToken)
    },
  },
  {
    name: 'renewing an access token',
    action: 'access-token.renewed',
    refused: 'token',
    prepare: async ({ ctx }) => {
      const { accessToken } = await issuedToken(ctx)
      return (ctx) => renewAccessToken(ctx, accessToken)
    },
  },
  {
    name: 'opening an inbox for a token',
    action: 'token-inbox.opened',
    refused: 'auditor',
    prepare: async () => (ctx) => openInbox(ctx, inboxDraft(fetchable)),
  },
  {
    name: 'removing an inbox for a token',
    action: 'token-inbox.closed',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id } = await openInbox(ctx, inboxDraft(fetchable))
      return (ctx) => closeInbox(ctx, id)
    },
  },
  {
    name: 'fetching a key source now',
    action: 'key-source.fetched',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id } = await createIdentity(ctx, { name: 'agent' })
      await createTrust(ctx, { kind: 'jwt', identityId: id, name: 'trust', keys: [fetchable] })
      return (ctx) => fetchKeySource(ctx, keySourceId(fetchable))
    },
  },
  {
    name: 'looking up keys that no trust names yet',
    action: 'key-source.looked-up',
    refused: 'auditor',
    prepare: async () => {
      const source = { ...fetchable, url: `https://${randomUUID()}.example/jwks` }
      return (ctx) => lookUpKeys(ctx, source, { fresh: true, isKeyMissing: false })
    },
  },
  {
    name: 'beginning a sign-in for another application',
    action: 'intent.started',
    refused: 'auditor',
    prepare: async ({ ctx }) => {
      const { id: trustId } = await signInTrust(ctx)
      const urls = { successUrl: 'http://127.0.0.1:9/in', failureUrl: 'http://127.0.0.1:9/out' }
      return (ctx) => beginIntent(ctx, { trustId, ...urls })
    },
  },
  {
    name: 'linking a subject to a person',
    action: 'member.linked',
    refused: 'member',
    prepare: async ({ id: userId, ctx }) => {
      const { id: trustId } = await signInTrust(ctx)
      return (ctx) => linkSubject(ctx, { userId, trustId, subject: 'remote', userName: '' })
    },
  },
  {
    name: 'unlinking a subject from a person',
    action: 'member.unlinked',
    refused: 'member',
    prepare: async ({ id: userId, ctx }) => {
      const { id: trustId } = await signInTrust(ctx)
      const link = { userId, trustId, subject: 'remote' }
      await linkSubject(ctx, { ...link, userName: '' })
      return (ctx) => unlinkSubject(ctx, link)
    },
  },
]

describe.each(verbs)('$name', ({ action, refused, prepare }) => {
  test('asks for access before it does anything', async () => {
    const admin = await service.person('admin')
    const act = await prepare(admin)
    const low = refused === null || refused === 'token' ? [] : [(await service.person(refused)).ctx]
    const before = await everything(service.db)
    for (const ctx of low) await expect(act(ctx)).rejects.toMatchObject({ kind: 'forbidden' })
    // An access token in the input is access enough: it says who its holder is.
    if (refused !== 'token') {
      const anonymous = service.context({ kind: 'anonymous' })
      await expect(act(anonymous)).rejects.toMatchObject({ kind: 'unauthenticated' })
    }
    expect(await everything(service.db)).toEqual(before)
  })

  test('has not happened when its entry cannot be written, and is on record once when it can', async () => {
    const admin = await service.person('admin')
    const act = await prepare(admin)
    const before = await everything(service.db)
    await expect(act({ ...admin.ctx, db: failing(service.db, 'auditEntry') })).rejects.toThrow('the disk is full')
    expect(await everything(service.db)).toEqual(before)

    const keySet = { status: 'ok' as const, keys: [], fetchedAt: null, stale: null }
    const refresh = async () => ({ keySet, cacheSeconds: 0, latencyMs: 0 })
    const ctx = { ...admin.ctx, keys: { ...admin.ctx.keys, refresh } }
    await act(ctx)
    expect((await service.recorded(ctx)).map((entry) => entry.action)).toEqual([action])
  })
})

test('trying a token asks for access, and keeps its verdict or fails', async () => {
  const admin = await service.person('admin')
  const { id } = await createIdentity(admin.ctx, { name: 'agent' })
  const trust = await createTrust(admin.ctx, await jwtTrust(id))
  const before = await everything(service.db)
  const anonymous = service.context({ kind: 'anonymous' })
  await expect(tryToken(anonymous, trust, 'x')).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(tryToken({ ...admin.ctx, db: failing(service.db, 'decision') }, trust, 'x')).rejects.toThrow(
    'the disk is full',
  )
  expect(await everything(service.db)).toEqual(before)
  const { ctx } = admin
  await tryToken(ctx, trust, 'x')
  expect(await service.db.decision.findUnique({ where: { id: ctx.requestId } })).toMatchObject({ method: 'test' })
})

async function sessionOf(userId: string): Promise<string> {
  const id = randomUUID()
  const expiresAt = new Date('2026-06-01T13:00:00Z')
  await service.db.session.create({ data: { id, token: randomUUID(), userId, method: 'password', expiresAt } })
  return id
}
