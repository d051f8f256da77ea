import { expect, test } from 'vitest'
import type { AuditSummary } from '@/lib/client/audit'
import { foldSessions } from './fold-sessions'

const entry = (action: string, at: string, actorId = 'ada'): AuditSummary => ({
  ...{ id: `${action} ${at}`, at, organizationId: null, requestId: null, actorKind: 'user', actorId, actorName: 'Ada' },
  ...{ action, targetKind: null, targetId: null, targetName: null, reason: null, raised: [], overridden: [] },
  ...{ changes: [], ip: '192.0.2.1', userAgent: null, repeats: null, lastAt: null },
})
const folded = (...entries: AuditSummary[]) => foldSessions(entries).map(({ action, others }) => `${action} +${others}`)

test('sessions of one actor that follow each other on a day are one row', () => {
  const rows = [
    entry('session.started', '2026-06-02T12:00:00.000Z'),
    entry('session.ended', '2026-06-02T11:00:00.000Z'),
    entry('session.started', '2026-06-02T10:00:00.000Z'),
    entry('trust.updated', '2026-06-02T09:00:00.000Z'),
    entry('session.started', '2026-06-02T08:00:00.000Z'),
  ]
  expect(folded(...rows)).toEqual(['session.started +2', 'trust.updated +0', 'session.started +0'])
})

test('another day or another actor begins a row', () => {
  const rows = [
    entry('session.started', '2026-06-02T00:00:00.000Z'),
    entry('session.started', '2026-06-01T23:59:59.000Z'),
    entry('session.started', '2026-06-01T23:00:00.000Z', 'bob'),
  ]
  expect(folded(...rows)).toEqual(['session.started +0', 'session.started +0', 'session.started +0'])
})
