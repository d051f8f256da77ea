import { describe, expect, test } from 'vitest'
import { rule, trustOf } from '@/lib/trust/posture/cases'
import { findingsOf } from '@/lib/trust/posture/posture'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import { changeJudgement } from './change-judgement'

const issuer = 'https://token.actions.githubusercontent.com'
const audience = rule('aud', 'https://keybound.acme.dev')
const exact = 'repo:acme@1/app@2:ref:refs/heads/main'

/** A trust of GitHub, and what is found in it. */
function found(rules: ReturnType<typeof rule>[], changes: object = {}) {
  const keys = [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks`, caCert: '' }]
  const policy = { ...trustOf({ issuer, keys, rules }), enabled: true, ...changes }
  return { policy, findings: findingsOf({ policy, preset: presetOfTrust(policy) }) }
}

const open = (changes?: object) => found([audience], changes)
const tight = (changes?: object) => found([audience, rule('sub', exact)], changes)
const blocked = (...of: Parameters<typeof changeJudgement>) => changeJudgement(...of).blocking.map(({ id }) => id)

describe('a trust that would be enabled', () => {
  test('is blocked by each rule for which it is not enabled, and by no other', () => {
    expect(blocked(null, open())).toEqual(['L01', 'L02'])
    expect(blocked(null, found([rule('sub', exact)]))).toEqual(['L08'])
    expect(blocked(null, tight())).toEqual([])
    expect(blocked(open({ enabled: false }), open())).toEqual(['L01', 'L02'])
  })

  test('needs no reason where nothing blocks it, new or switched on', () => {
    expect(changeJudgement(null, tight()).needsReason).toBe(false)
    expect(changeJudgement(tight({ enabled: false }), tight()).needsReason).toBe(false)
  })

  test('needs one where it accepts more than when it was enabled last, whatever it accepted while it was not', () => {
    const wider = found([audience, rule('sub', exact, 'repo:acme@1/web@3:ref:refs/heads/main')])
    const asleep = { ...wider, policy: { ...wider.policy, enabled: false } }
    const { needsReason, widened } = changeJudgement(asleep, wider, tight().policy)
    expect(needsReason).toBe(true)
    expect(widened).toMatchObject([{ id: 'rules.sub', relation: 'wider' }])
    expect(changeJudgement(asleep, tight(), wider.policy).needsReason).toBe(false)
    expect(changeJudgement(asleep, wider, 'unknown').needsReason).toBe(true)
  })
})

test('a trust that is not enabled afterwards asks for nothing, and what it raises is told', () => {
  const { blocking, needsReason, raised } = changeJudgement(tight(), open({ enabled: false }))
  expect({ blocking, needsReason }).toEqual({ blocking: [], needsReason: false })
  expect(raised).toEqual(expect.arrayContaining(['L01', 'L02']))
})

describe('an enabled trust', () => {
  test('that comes to accept more needs a reason, with an example of what is accepted', () => {
    const wider = found([audience, rule('sub', exact, 'repo:acme@1/web@3:ref:refs/heads/main')])
    const { needsReason, blocking, widened } = changeJudgement(tight(), wider)
    expect({ needsReason, blocking }).toEqual({ needsReason: true, blocking: [] })
    expect(widened).toMatchObject([{ id: 'rules.sub', relation: 'wider', accepted: { value: expect.any(String) } }])
  })

  test('that comes to accept other things needs a reason, one that accepts less does not', () => {
    const other = found([audience, rule('sub', 'repo:acme@1/web@3:ref:refs/heads/main')])
    expect(changeJudgement(tight(), other)).toMatchObject({ needsReason: true, blocking: [] })
    const both = found([audience, rule('sub', exact, 'repo:acme@1/web@3:ref:refs/heads/main')])
    expect(changeJudgement(both, tight())).toMatchObject({ needsReason: false, blocking: [] })
  })

  test('with findings can be renamed and narrowed, but not widened', () => {
    expect(blocked(open(), open({ name: 'other' }))).toEqual([])
    const narrower = found([audience, rule('actor', 'alice')])
    expect(narrower.findings.map(({ rule }) => rule)).toContain('L01')
    expect(blocked(open(), narrower)).toEqual([])
    expect(blocked(narrower, open())).toEqual(['L01', 'L02'])
  })

  test('that accepts less in a way that raises a rule is blocked by that rule', () => {
    const aws = found([rule('aud', 'https://keybound.acme.dev', 'sts.amazonaws.com'), rule('sub', exact)])
    const awsAlone = found([rule('aud', 'sts.amazonaws.com'), rule('sub', exact)])
    expect(blocked(aws, awsAlone)).toEqual(['L08'])
  })
})

test('rules that found the same before are not raised', () => {
  const { raised } = changeJudgement(found([rule('sub', exact)]), found([]))
  expect(raised).toEqual(expect.arrayContaining(['L01', 'L02']))
  expect(raised).not.toContain('L08')
})
