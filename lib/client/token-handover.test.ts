import { expect, test } from 'vitest'
import { offerToken, receiveTokens } from './token-handover'

test('a token waits for the tester to open, and is handed over once', () => {
  offerToken('a.b.c')
  const first: string[] = []
  const close = receiveTokens((token) => first.push(token))
  expect(first).toEqual(['a.b.c'])
  close()

  const second: string[] = []
  receiveTokens((token) => second.push(token))()
  expect(second).toEqual([])
})

test('a tester that is already open gets the token at once, and nothing is kept', () => {
  const seen: string[] = []
  const close = receiveTokens((token) => seen.push(token))
  offerToken('d.e.f')
  expect(seen).toEqual(['d.e.f'])
  close()
  const later: string[] = []
  receiveTokens((token) => later.push(token))()
  expect(later).toEqual([])
})
