import { expect, test } from 'vitest'
import type { CheckStatus, Verdict } from '@/lib/trust/engine/verdict'
import { verdictWords } from './verdict-words'

function verdict(accepted: boolean, checks: [string, CheckStatus][]): Verdict {
  const list = checks.map(([id, status]) => ({ id, status, title: id, message: `about ${id}`, trusted: true }))
  const decisive = accepted ? null : list.find(({ status }) => status === 'fail')
  return { accepted, decisive, checks: list } as unknown as Verdict
}
const quiet = { leftOut: 0, isPending: false }

test('a refusal counts the failed among the checks that were made, and names the decisive one', () => {
  const words = verdictWords(
    verdict(false, [
      ['iss', 'fail'],
      ['aud', 'fail'],
      ['exp', 'pass'],
      ['nbf', 'skipped'],
    ]),
    quiet,
  )
  expect(words).toEqual({ tone: 'refused', title: 'Refused · 2 of 3 checks fail', detail: 'about iss' })
})

test('while a field is not valid, acceptance is never green', () => {
  expect(verdictWords(verdict(true, [['iss', 'pass']]), { leftOut: 1, isPending: false }).tone).toBe('attention')
  expect(verdictWords(verdict(true, [['iss', 'pass']]), quiet).tone).toBe('accepted')
})

test('pending keys refuse no token, but another reason for refusal counts', () => {
  const waiting = { leftOut: 0, isPending: true }
  expect(verdictWords(verdict(false, [['keys.source', 'fail']]), waiting).tone).toBe('attention')
  expect(verdictWords(verdict(false, [['exp', 'fail']]), waiting).tone).toBe('refused')
})

test('an accepted token is amber where the trust accepts others, too; a refused one stays red', () => {
  const caution = { title: 'Accepted, and so would be 2 of 9 strangers', detail: 'Another owner.' }
  expect(verdictWords(verdict(true, [['iss', 'pass']]), { ...quiet, caution })).toEqual({
    tone: 'attention',
    ...caution,
  })
  expect(verdictWords(verdict(false, [['iss', 'fail']]), { ...quiet, caution }).tone).toBe('refused')
  expect(verdictWords(verdict(true, [['iss', 'pass']]), { ...quiet, caution: null }).tone).toBe('accepted')
})
