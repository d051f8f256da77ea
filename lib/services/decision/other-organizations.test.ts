import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { decision } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { listDecisions } from './list-decisions'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  test.each([{}, { search: 'no such text' }, { accepted: 'false' as const }])(
    'of an identity of another organization nothing is told, not even that there is more: %o',
    async (filter) => {
      const { ctx } = await service.person('auditor')
      const [other, identityId] = [randomUUID(), randomUUID()]
      await service.db.organization.create({ data: { id: other, name: 'Other', slug: other } })
      const rows = (organizationId: string, of: string) =>
        Array.from({ length: 3 }, () => ({ ...decision(organizationId), identityId: of as never, identityName: null }))
      await service.db.decision.createMany({ data: rows(other, identityId) })
      expect(await listDecisions(ctx, { identityId, limit: 1, ...filter })).toMatchObject({
        ...{ decisions: [], next: null, lookedBackTo: null },
      })
      const own = randomUUID()
      await service.db.decision.createMany({ data: rows(service.organizationId, own) })
      const found = await listDecisions(ctx, { identityId: own, limit: 1 })
      expect(found).toMatchObject({ decisions: [{ identityId: own }], next: expect.any(String) })
    },
  )
})
