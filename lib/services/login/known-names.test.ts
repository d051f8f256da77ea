import { expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import type { Db } from '@/lib/db/client'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { otherIdOf } from './known-names'

const service = useService()
const iss = 'https://token.actions.githubusercontent.com'

/** The same context, which notes every table that is asked. */
function watched(ctx: Context) {
  const asked: string[] = []
  const db = new Proxy(ctx.db, {
    get(of, name) {
      asked.push(String(name))
      return Reflect.get(of, name)
    },
  }) as Db
  return { ctx: { ...ctx, db }, asked }
}

test('a name whose id is known costs no statement; after a freeze was lifted it is read anew', async () => {
  const { ctx: admin } = await service.person('admin')
  const { id } = await createIdentity(admin, { name: 'agent' })
  const trust = await createTrust(admin, { ...(await jwtTrust(id)), issuer: iss, enabled: false })
  const { ctx, asked } = watched(service.context({ kind: 'anonymous' }))
  const look = (repository_id: string, freeze: { at: Date; liftedAt: Date | null } | null = null) =>
    otherIdOf(ctx, { trust, freeze }, { iss, repository: 'acme/shop', repository_id })
  expect(await look('1')).toBeNull()
  expect(asked.length).toBeGreaterThan(0)
  asked.length = 0
  expect(await look('1')).toBeNull()
  expect(asked).toEqual([])
  expect(await look('2')).toMatchObject({ path: 'repository', idPath: 'repository_id', before: '1', id: '2' })

  await service.db.trustName.deleteMany({ where: { trustId: trust.id } })
  const lifted = { at: ctx.now(), liftedAt: ctx.now() }
  expect(await look('2', lifted)).toBeNull()
  expect(await look('1', lifted)).toMatchObject({ before: '2', id: '1' })
})
