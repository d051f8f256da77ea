import { describe, expect, test } from 'vitest'
import type { AnalysisAnswer, FindingAnswer } from '@/lib/model/posture'
import { withRecorded } from './recorded-findings'

const finding = (id: string, more: Partial<FindingAnswer> = {}): FindingAnswer => ({
  ...{ id, severity: 'medium', title: id, path: ['rules', 2], message: id, opens: 'all', blocks: false, ...more },
})

const analysis = (findings: FindingAnswer[], noData: string[] = []): AnalysisAnswer => ({
  ...{ preset: null, sentence: '', score: 0, worst: 'high', findings, strangers: [], parts: [], dead: [], unknown: [] },
  noData: noData.map((id) => ({ id, missing: 'recorded logins' })),
})

describe('what records tell about the stored trust', () => {
  test('is added by rules that the browser has no data for, and by no other', () => {
    const stored = { findings: [finding('L12', { severity: 'critical' }), finding('L01')], mutes: [] }
    const { findings, worst } = withRecorded(analysis([finding('L17', { severity: 'high' })], ['L12']), stored)
    expect(findings.map(({ id }) => id)).toEqual(['L12', 'L17'])
    expect(worst).toBe('critical')
  })

  test('is not fixed in the draft, whose rules may be others', () => {
    const fix = { label: 'Add the newer subject', changes: [{ op: 'remove' as const, path: '/rules/2' }] }
    const { findings } = withRecorded(analysis([], ['L12']), { findings: [finding('L12', { fix })], mutes: [] })
    expect(findings[0]).toMatchObject({ path: ['rules'], fix: { label: 'Add the newer subject', changes: [] } })
  })
})

test('a muted rule is marked, and does not count as the worst', () => {
  const mute = {
    rule: 'L17',
    reason: 'agreed',
    until: '2027-01-01T00:00:00Z',
    createdAt: '2026-01-01T00:00:00Z',
    byName: null,
  }
  const own = analysis([finding('L17', { severity: 'high' }), finding('L42')])
  const { findings, worst } = withRecorded(own, { findings: [], mutes: [mute] })
  expect(findings[0]).toMatchObject({ id: 'L17', mute })
  expect(worst).toBe('medium')
})

test('while the stored posture is not known, the analysis of the draft is shown as it is', () => {
  const own = analysis([finding('L17')], ['L12'])
  expect(withRecorded(own, undefined)).toBe(own)
})
