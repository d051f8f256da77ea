import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { decision } from '@/e2e/fixtures/sealed-log'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { updateTrust } from '../trust/update-trust'
import { replayDecision } from './replay-decision'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  async function refused(claims: object | null) {
    const { ctx } = await service.person('admin')
    const { id: identityId } = await createIdentity(ctx, { name: `ci ${randomUUID()}`, role: 'no-access' })
    const trust = await createTrust(ctx, { ...(await jwtTrust(identityId)), issuer: 'https://a.example' })
    const at = ctx.now()
    const row = {
      ...{ ...decision(service.organizationId, false), at, identityId, identityName: 'ci', trustId: trust.id },
      ...{ trustVersion: trust.version, claims: claims && JSON.stringify(claims) },
    }
    await service.db.decision.create({ data: row })
    return { id: row.id, ctx, trust, seconds: at.getTime() / 1000 }
  }
  const exp = (seconds: number) => Math.floor(seconds) + 300

  test('the claims of a decision are judged by the trust of then and of now, as of its time', async () => {
    const seconds = (await service.person('admin')).ctx.now().getTime() / 1000
    const { id, ctx, trust } = await refused({ iss: 'https://b.example', exp: exp(seconds) })
    service.pass(86_400)
    await updateTrust(ctx, { id: trust.id }, (one) => ({ ...one, issuer: 'https://b.example' }), null)
    const { former, current } = await replayDecision(ctx, id)
    expect(former).toMatchObject({ version: 1, passes: false, decisive: 'iss' })
    expect(current).toMatchObject({ version: 2, passes: true, decisive: null })
    expect(current?.checks.find((check) => check.id === 'exp')).toMatchObject({ status: 'pass' })
    expect(current?.checks.some((check) => check.id === 'signature')).toBe(false)
  })

  test('a trust that was not changed is both; one that is gone is none now', async () => {
    const { id, ctx, trust } = await refused({ iss: 'https://b.example' })
    const before = await replayDecision(ctx, id)
    expect(before.former).toEqual(before.current)
    await removeTrust(ctx, { id: trust.id })
    expect(await replayDecision(ctx, id)).toMatchObject({ former: { passes: false }, current: null })
  })

  test('without claims there is nothing to judge; another organization’s decision is not there', async () => {
    const { id, ctx } = await refused(null)
    expect(await replayDecision(ctx, id)).toMatchObject({ hasClaims: false, former: null, current: null })
    await service.db.decision.update({ where: { id }, data: { organizationId: randomUUID() } })
    await expect(replayDecision(ctx, id)).rejects.toMatchObject({ kind: 'not-found' })
    const low = await service.person('no-access')
    await expect(replayDecision(low.ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
