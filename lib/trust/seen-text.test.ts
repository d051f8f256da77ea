import { expect, test } from 'vitest'
import { explainIssuer } from './engine/checks/issuer-difference'
import { newWork } from './matchers/glob'
import { nearMiss } from './matchers/near-miss'
import { seenText } from './seen-text'

const equal = (expected: string, received: string) => expected === received
const work = () => newWork(1_000_000)

test.each([
  ['a dash of a word processor', 'repo:acme/app–prod', 'repo:acme/app-prod'],
  ['quotes of a word processor', '“deployer”', '"deployer"'],
  ['a Cyrillic letter', 'dеployer', 'deployer'],
  ['a Greek letter', 'deplοyer', 'deployer'],
  ['a blank that does not break', 'build\u00a0agent', 'build agent'],
  ['letters of full width', 'ｄｅｐｌｏｙ', 'deploy'],
  ['a variation selector', 'deploy\ufe0f', 'deploy'],
  ['a zero-width blank', 'dep\u200bloy', 'deploy'],
])('%s is named as what looks alike', (_, expected, received) => {
  expect(expected).not.toBe(received)
  expect(seenText(expected)).toBe(seenText(received))
  expect(nearMiss([expected], received, equal, work())).toMatch(/look alike/)
  expect(explainIssuer(expected, received)).toMatch(/look alike .*They differ at character \d+: /)
})

test('texts that are drawn differently are not', () => {
  expect(nearMiss(['deployer'], 'developer', equal, work())).toBeNull()
  expect(seenText('Zoë 山田 علی')).toBe('Zoë 山田 علی')
})
