import { expect, test } from 'vitest'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import { presets } from '../presets'
import { sampleClaims } from '../presets/sample-claims'
import { acceptsToken, countRefusals, refusalsOf } from './judge-claims'

const now = 1_700_000_000
const only = (path: string, ...values: string[]): ClaimRule => ({
  ...{ path, matcher: { kind: 'glob-any', values }, whenAbsent: 'refuse' },
})

test.each(presets)('whether a token of $id is accepted is the same with and without explanations', (preset) => {
  const tokens = preset.samples.map(({ id }) => sampleClaims(preset, { now }, id))
  const rulesOfAll = tokens.map((token) => Object.entries(token).flatMap(([path, value]) => ruleOn(path, value)))
  for (const rules of [
    ...rulesOfAll,
    [only('sub', '*')],
    [only('', 'x')],
    [{ ...only('x', 'y'), whenAbsent: 'allow' as const }],
  ]) {
    for (const token of [...tokens, broken]) {
      for (const issuer of [null, String(token.iss), 'https://other.example']) {
        const refusals = refusalsOf({ issuer, rules }, token).length
        expect(acceptsToken({ issuer, rules }, token)).toBe(refusals === 0)
        expect(countRefusals({ issuer, rules }, token)).toBe(refusals)
      }
    }
  }
})

const ruleOn = (path: string, value: unknown): ClaimRule[] =>
  typeof value === 'string' ? [only(path, value), only(path, `${value.slice(0, 3)}*`)] : []

/** Claims of wrong types. */
const broken: JsonObject = { iss: 'https://other.example', sub: 7, aud: [1], x: [] }

test('a rule whose patterns ask for too much work counts as a refusal, and the exact rule after it does not', () => {
  const costly = Array.from({ length: 400 }, (_, at) => `${'*a'.repeat(60)}${at}`)
  const rules = [only('x', ...costly), only('y', 'b')]
  const claims = { x: 'a'.repeat(4_000), y: 'b' }
  expect(refusalsOf({ issuer: null, rules }, claims).map(({ reason }) => reason)).toEqual(['rules_too_costly'])
  expect(countRefusals({ issuer: null, rules }, claims)).toBe(1)
  expect(acceptsToken({ issuer: null, rules }, claims)).toBe(false)
})
