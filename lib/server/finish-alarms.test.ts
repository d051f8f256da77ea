import { expect, test } from 'vitest'
import type { Context } from '@/lib/services/context'
import { recordUseSoon } from '@/lib/services/decoy-token/decoy-uses'
import { finishAlarms } from './finish-alarms'

test('a use of a decoy token by a request that is answered while the server stops is recorded before it ends', async () => {
  const looked: string[] = []
  const findUnique = async ({ where }: { where: { id: string } }) => {
    looked.push(where.id)
    return null
  }
  const at = new Date('2026-06-01T12:00:00Z')
  const ctx = { db: { decoyToken: { findUnique } }, now: () => at, ip: '192.0.2.1' } as unknown as Context
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const finished = finishAlarms(answered)
  // With none that waits, all are recorded: what comes now has to be waited for all the same.
  await new Promise((resolve) => setImmediate(resolve))
  recordUseSoon(ctx, 'late', 'token')
  answer()
  await finished
  expect(looked).toEqual(['late'])
})
