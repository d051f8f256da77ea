import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { outcome } from '@/e2e/fixtures/people'
import { useService } from '@/e2e/fixtures/service'
import { toTrustColumns } from '@/lib/db/trust-row'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { TrustDraft } from '@/lib/trust/trust'
import { seal } from '../installation/seal'
import { createTrust } from '../trust/create-trust'
import { beginIntent } from './begin-intent'
import { retrieveIntent } from './retrieve-intent'
import { newSecret } from './sign-in-secret'

const service = useService()

const draft = (name: string) => ({
  kind: 'sign-in' as const,
  name,
  issuer: 'https://gateway.example',
  keys: [{ kind: 'jwks-url' as const, url: 'https://gateway.example/keys', caCert: '' }],
  options: { jwtEndpoint: 'https://gateway.example/jwt' },
})

test('an intent that a person began in one session is not retrieved in another session of theirs', async () => {
  const { id: userId, ctx } = await service.person('admin')
  const { id: trustId } = await createTrust(ctx, draft('Portal'))
  const urls = { successUrl: 'http://127.0.0.1:9/in', failureUrl: 'http://127.0.0.1:9/out' }
  const { authUrl } = await beginIntent(ctx, { trustId, ...urls })
  const id = new URL(authUrl).searchParams.get('authRequestID') ?? ''
  // As `receiveToken` leaves it when the token was accepted.
  const [token, person] = [newSecret(), await seal('sign-in-state', '{"sub":"remote"}')]
  const data = { status: 'succeeded', tokenHash: await sha256Hex(token), person }
  await service.db.signInIntent.update({ where: { id }, data })
  const session = { id: randomUUID(), token: randomUUID(), userId, method: 'password' }
  await service.db.session.create({ data: { ...session, expiresAt: new Date('2026-06-01T13:00:00Z') } })
  const elsewhere = { ...ctx, actor: { ...ctx.actor, sessionId: session.id } } as typeof ctx
  expect(await outcome(retrieveIntent(elsewhere, { id, token }))).toBe('forbidden')
  expect((await retrieveIntent(ctx, { id, token })).claims).toEqual({ sub: 'remote' })
})

test('an organization has at most 1 000 sign-in providers; another trust and another organization are not affected', async () => {
  const { ctx } = await service.person('admin')
  const { organizationId } = service
  const columns = toTrustColumns(TrustDraft.parse(draft('Crowd')))
  const row = (organizationId: string, at: number) => ({
    ...columns,
    ...{ id: randomUUID(), organizationId, name: `provider ${at}` },
  })
  const others = randomUUID()
  await service.db.organization.create({ data: { id: others, name: 'Others', slug: others } })
  const left = 999 - (await service.db.trust.count({ where: { organizationId, kind: 'sign-in' } }))
  const rows = Array.from({ length: 1_000 }, (_, at) => row(others, at))
  await service.db.trust.createMany({ data: [...rows, ...rows.slice(0, left).map((_, at) => row(organizationId, at))] })
  expect(await outcome(createTrust(ctx, draft('The last')))).toBe('done')
  const trusts = await service.db.trust.count()
  expect(await outcome(createTrust(ctx, draft('One more')))).toBe('too_many_providers')
  expect(await service.db.trust.count()).toBe(trusts)
  const { options: _, ...issuer } = draft('Issuer')
  expect(await outcome(createTrust(ctx, { ...issuer, kind: 'issuer' }))).toBe('done')
})
