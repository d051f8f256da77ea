import { expect, test, vi } from 'vitest'
import type { Context } from '@/lib/services/context'
import { recordUseSoon } from '@/lib/services/decoy-token/decoy-uses'
import { setFailureLog } from '@/lib/services/failure-log'
import { logFailure } from './database-health'
import { finishAlarms } from './finish-alarms'
import { log } from './log'

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

test('a use of a decoy token that cannot be recorded is a line of the log', async () => {
  const line = vi.spyOn(log, 'error').mockImplementation(() => undefined)
  const failure = new Error('the disk is full')
  const at = new Date('2026-06-01T12:00:00Z')
  const db = { decoyToken: { findUnique: () => Promise.reject(failure) } }
  const ctx = { db, now: () => at, ip: '192.0.2.1', via: 'GET /api' } as unknown as Context
  setFailureLog(logFailure)
  recordUseSoon(ctx, 'unlucky', 'token')
  await finishAlarms(Promise.resolve())
  setFailureLog(undefined)
  const about = { decoyId: 'unlucky', times: 1, ip: '192.0.2.1', via: 'GET /api', err: failure }
  expect(line.mock.calls).toEqual([[about, 'a use of a decoy token could not be recorded']])
})
