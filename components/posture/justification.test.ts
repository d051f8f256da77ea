import { describe, expect, test } from 'vitest'
import { answerTo } from '@/lib/client/analysis/answer-to'
import type { Review } from '@/lib/client/analysis/questions'
import { trustOf } from '@/lib/trust/posture/cases'
import { demandedOf, justificationSchema, toChangeReasons } from './justification'

const step = { before: null, after: { ...trustOf(), enabled: true } }
const fields = [{ path: ['rules'], code: 'L08', message: 'No rule requires an audience (aud).' }]
const blocked = demandedOf(step, null, { reason: 'override_needed', fields })
const wider = demandedOf(step, null, { reason: 'reason_needed', fields: [] })
const reason = 'Needed until June.'

describe('what the server demands beyond the review', () => {
  test('is shown and overridden by its rule', () => {
    expect(blocked).toEqual({ blocking: [{ id: 'L08', message: fields[0]?.message }], needsReason: true })
    expect(toChangeReasons(blocked, { reason, isAccepted: true })).toEqual({ override: { rules: ['L08'], reason } })
  })

  test('may be a reason alone', () => {
    expect(wider).toEqual({ blocking: [], needsReason: true })
    expect(toChangeReasons(wider, { reason, isAccepted: false })).toEqual({ reason })
  })

  test('is nothing before a save', () => {
    expect(demandedOf(step, null, null)).toEqual({ blocking: [], needsReason: false })
    expect(toChangeReasons({ blocking: [], needsReason: false }, { reason, isAccepted: false })).toEqual({})
  })
})

test('a trust that was widened while it was disabled needs a reason before the server is asked', () => {
  const after = { ...trustOf(), enabled: true }
  const before = { ...after, enabled: false }
  const found = answerTo({ id: 1, name: 'review', input: { before, after, inForce: after, now: 0 } }) as Review
  const review = { ...found, after: { ...found.after, findings: [] } }
  expect(demandedOf({ before, after }, review, null)).toEqual({ blocking: [], needsReason: false })
  for (const relation of ['wider', 'different', 'unknown'] as const) {
    expect(demandedOf({ before, after }, { ...review, relation }, null)).toEqual({ blocking: [], needsReason: true })
  }
})

test.each([
  ['a tick where a finding blocks', blocked, { reason, isAccepted: false }, ['isAccepted']],
  ['a reason where one is demanded', wider, { reason: 'so', isAccepted: false }, ['reason']],
  ['nothing where nothing is', { blocking: [], needsReason: false }, { reason: '', isAccepted: false }, []],
])('the dialog requires %s', (_, demanded, typed, wrong) => {
  const { error } = justificationSchema(demanded).safeParse(typed)
  expect(error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(wrong)
})
