import { expect, test } from 'vitest'
import type { Db } from '@/lib/db/client'
import { record } from '@/lib/services/audit/record'
import { collector, contexts } from './context'

test('the transaction of the demo keeps an audit entry, and the row from which it is added to the evidence log', async () => {
  const rows = collector()
  const ctx = contexts({} as Db, 'organization')({ at: new Date(0) })
  const target = { kind: 'access-token', id: 'token', name: 'deploy' } as const
  await record(rows.tx, ctx, { action: 'access-token.revoked', organizationId: 'organization', target })
  const [entry] = rows.auditEntries
  expect(entry).toMatchObject({ action: 'access-token.revoked', targetId: 'token' })
  expect(rows.unsealedRecords).toMatchObject([{ recordId: entry?.id, kind: 'audit', organizationId: 'organization' }])
})
