import { expect, test } from 'vitest'
import type { FindingAnswer, StrangerAnswer } from '@/lib/model/posture'
import { cautionOf } from './caution'

const finding = (more: Partial<FindingAnswer>): FindingAnswer => ({
  ...{ id: 'L01', severity: 'critical', title: 'Open', path: ['rules'], message: 'No rule limits who may log in.' },
  ...{ opens: 'everything', blocks: true, ...more },
})

const story = (title: string, admitted: boolean): StrangerAnswer => ({ story: title, title, admitted })

test('a trust that blocks is named with its finding, and the strangers are counted', () => {
  const caution = cautionOf({
    findings: [finding({})],
    strangers: [story('Another owner', true), story('A fork', false)],
  })
  expect(caution).toEqual({
    title: 'Accepted, and so would be 1 of 2 strangers',
    detail: 'No rule limits who may log in.',
  })
})

test('where no story was judged the finding is said alone', () => {
  expect(cautionOf({ findings: [finding({})], strangers: [] })?.title).toBe('Accepted, and so would be others')
})

test('strangers that get in are named where nothing blocks, at most three', () => {
  const strangers = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => story(title, true))
  expect(cautionOf({ findings: [], strangers })).toEqual({
    title: 'Accepted, and so would be 5 of 5 strangers',
    detail: 'One; Two; Three; and 2 more.',
  })
})

test('a tight trust is plainly accepted, whatever lesser findings it has', () => {
  const minor = finding({ id: 'L17', severity: 'high', blocks: false })
  expect(cautionOf({ findings: [minor], strangers: [story('A fork', false)] })).toBeNull()
})

test('a muted finding is not said again, but strangers are', () => {
  const mute = { rule: 'L01', reason: 'because of that', until: '2027-01-01', createdAt: '2026-01-01', byName: null }
  expect(cautionOf({ findings: [finding({ mute })], strangers: [] })).toBeNull()
  expect(cautionOf({ findings: [finding({ mute })], strangers: [story('A fork', true)] })).not.toBeNull()
})
