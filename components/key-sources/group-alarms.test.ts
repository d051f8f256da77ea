import { expect, test } from 'vitest'
import { groupAlarms } from './group-alarms'

const [late, lost, short] = [
  { severity: 'warning', message: 'late' },
  { severity: 'critical', message: 'lost' },
  { severity: 'warning', message: 'short' },
] as const

test('alarms of many sources are grouped by severity, the critical ones first', () => {
  expect(groupAlarms([late, lost, short])).toEqual([
    { severity: 'critical', count: 1, alarms: [lost] },
    { severity: 'warning', count: 2, alarms: [late, short] },
  ])
  expect(groupAlarms([late])).toEqual([{ severity: 'warning', count: 1, alarms: [late] }])
  expect(groupAlarms([])).toEqual([])
})

test('where not all are shown, the critical ones are, and the counts are of all', () => {
  expect(groupAlarms([late, short, lost], 2)).toEqual([
    { severity: 'critical', count: 1, alarms: [lost] },
    { severity: 'warning', count: 2, alarms: [late] },
  ])
})
