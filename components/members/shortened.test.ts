import { expect, test } from 'vitest'
import { retentionDaysDefault } from '@/lib/model/retention'
import { shortened } from './shortened'

const periods = [
  { kind: 'accepted-decisions', days: 90 },
  { kind: 'refused-decisions', days: 30 },
  { kind: 'audit-entries', days: 400 },
] as const

test('only a shorter period removes records that would have stayed', () => {
  expect(shortened(periods, retentionDaysDefault)).toEqual([])
  const days = { ...retentionDaysDefault, 'refused-decisions': 31, 'audit-entries': 399 }
  expect(shortened(periods, days)).toEqual(['audit-entries'])
})
