import { expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { createIdentity } from '../identity/create-identity'
import { updateIdentity } from '../identity/update-identity'
import { createTrust } from '../trust/create-trust'
import { getPosture } from './get-posture'

const service = useService()

test('nothing is found in the trusts of a canary, and they count in no score; when it is one no more, they are judged again', async () => {
  const { ctx } = await service.person('admin')
  const { id: identityId } = await createIdentity(ctx, { name: 'trap' })
  await createTrust(ctx, await jwtTrust(identityId))
  const wide = await getPosture(ctx, {})
  expect(wide.score).toEqual(expect.any(Number))
  expect(wide.trusts).toMatchObject([{ isCanary: false, enabled: true, worst: expect.any(String) }])

  await updateIdentity(ctx, identityId, { isCanary: true })
  const canary = await getPosture(ctx, {})
  expect(canary).toMatchObject({ score: null, worst: null, rules: [] })
  expect(canary.trusts).toMatchObject([{ isCanary: true, enabled: true, worst: null, findings: [] }])

  await updateIdentity(ctx, identityId, { isCanary: false })
  expect((await getPosture(ctx, {})).trusts).toMatchObject([{ isCanary: false, worst: wide.trusts[0]?.worst }])
})
