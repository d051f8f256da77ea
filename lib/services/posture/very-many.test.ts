import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { wideIdentity } from '@/e2e/fixtures/access-reviews'
import { useService } from '@/e2e/fixtures/service'
import { laterStories } from '@/lib/model/summary'
import type { Context } from '../context'
import { removeIdentity } from '../identity/remove-identity'
import { getPosture } from './get-posture'
import { keepPostures } from './keep-postures'
import { knownPostures } from './known-postures'

const service = useService()

let admin: Context
beforeEach(async () => {
  await service.db.trust.deleteMany()
  admin = (await service.person('admin')).ctx
})

/** More trusts than a request waits for, as after an upgrade: none is judged. */
const very = 130

async function manyTrusts(count = very) {
  const { identity, trust } = await wideIdentity(admin)
  const row = await service.db.trust.findUniqueOrThrow({ where: { id: trust.id } })
  const copies = Array.from({ length: count - 1 }, () => ({
    ...row,
    id: randomUUID(),
    identityId: null,
    kind: 'issuer',
  }))
  await service.db.trust.createMany({ data: copies })
  return identity
}

test('very many trusts that are not judged keep no request waiting, and are judged beside those that ask', async () => {
  await manyTrusts()
  expect(await getPosture(admin, {})).toMatchObject({ unjudged: very, trusts: [] })
  await expect.poll(async () => (await getPosture(admin, { limit: 1 })).unjudged).toBe(0)
  expect(await getPosture(admin, {})).toMatchObject({ total: very, worst: 'critical' })
})

test('in the background all of them are judged before the attack stories of any', async () => {
  await manyTrusts()
  const unjudged: number[] = []
  const pause = async () => {
    const whole = await service.db.trustPosture.count({
      where: { OR: [{ stories: null }, { stories: { not: laterStories } }] },
    })
    if (whole > 0) unjudged.push(very - (await service.db.trustPosture.count()))
  }
  await keepPostures(admin, { mayGoOn: () => unjudged.length < 2, pause })
  expect(unjudged).toEqual([0, 0])
})

test('trusts that are removed with their identity are noticed, however many others there are', async () => {
  const { id } = await manyTrusts(5_002)
  const known = async () => (await knownPostures(service.db, service.organizationId)).trusts.size
  expect(await known()).toBe(5_002)
  await removeIdentity(admin, id)
  expect(await known()).toBe(5_001)
})
