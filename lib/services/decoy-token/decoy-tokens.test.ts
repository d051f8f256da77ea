import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { everything, failing } from '@/e2e/fixtures/failing-database'
import { useService } from '@/e2e/fixtures/service'
import { decoyTokensMax } from '@/lib/model/decoy-token'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { updateIdentity } from '../identity/update-identity'
import { createDecoyToken } from './create-decoy-token'
import { removeDecoyToken } from './remove-decoy-token'

const service = useService()
const trap = { name: 'agent', isCanary: true }
const named = { name: 'old backup job', place: 'wiki' }

const acts = {
  async 'decoy-token.made'(admin: Context) {
    const { id } = await createIdentity(admin, trap)
    return (ctx: Context) => createDecoyToken(ctx, id, named)
  },
  async 'decoy-token.removed'(admin: Context) {
    const { id } = await createIdentity(admin, trap)
    const { decoy } = await createDecoyToken(admin, id, named)
    return (ctx: Context) => removeDecoyToken(ctx, decoy.id)
  },
}

test.each(Object.entries(acts))(
  '%s: asked of an admin, and written with its entry or not at all',
  async (action, prepare) => {
    const admin = await service.person('admin')
    const act = await prepare((await service.person('admin')).ctx)
    const member = await service.person('member')
    const before = await everything(service.db)
    await expect(act(member.ctx)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(act(service.context({ kind: 'anonymous' }))).rejects.toMatchObject({ kind: 'unauthenticated' })
    const broken = { ...admin.ctx, db: failing(service.db, 'auditEntry') }
    await expect(act(broken)).rejects.toThrow('the disk is full')
    expect(await everything(service.db)).toEqual(before)
    const { ctx } = admin
    await act(ctx)
    const entries = await service.recorded(ctx)
    expect(entries).toMatchObject([{ action, targetName: named.name }])
    expect(entries[0]?.[action.endsWith('made') ? 'after' : 'before']).toMatchObject(named)
  },
)

// docs/verification.md: no access token outlives ninety days. Who reads one that does knows it for a decoy, and uses it nowhere.
test('a decoy token says that it is valid for no longer than an access token can be', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createIdentity(ctx, trap)
  for (const days of [undefined, 90]) {
    const { token } = await createDecoyToken(ctx, id, { ...named, days })
    const { iat = 0, exp = Number.POSITIVE_INFINITY } = decodeJwt(token)
    expect(exp - iat).toBeLessThanOrEqual(90 * 24 * 3600)
  }
  await expect(createDecoyToken(ctx, id, { ...named, days: 91 })).rejects.toThrow('At most 90 days')
})

// A server that verifies access tokens by the published keys alone believes what a decoy says of its holder.
test('a decoy token names a canary, which stays one while it does', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createIdentity(ctx, { name: 'agent' })
  await expect(createDecoyToken(ctx, id, named)).rejects.toMatchObject({ reason: 'not_a_canary' })
  await updateIdentity(ctx, id, { isCanary: true })
  const { decoy } = await createDecoyToken(ctx, id, named)
  const unmark = () => updateIdentity(ctx, id, { isCanary: false })
  await expect(unmark()).rejects.toMatchObject({ reason: 'has_decoy_tokens' })
  expect((await updateIdentity(ctx, id, { name: 'renamed' })).isCanary).toBe(true)
  await removeDecoyToken(ctx, decoy.id)
  expect((await unmark()).isCanary).toBe(false)
})

test('an identity has a bounded number of decoy tokens', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createIdentity(ctx, trap)
  for (let n = 0; n < decoyTokensMax; n++) await createDecoyToken(ctx, id, { name: `decoy ${n}` })
  await expect(createDecoyToken(ctx, id, named)).rejects.toMatchObject({ reason: 'too_many_decoy_tokens' })
})
