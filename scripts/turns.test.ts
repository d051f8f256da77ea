import { expect, test } from 'vitest'
import { turns } from './turns.mjs'

test('what runs side by side is printed one after the other: the first at once, the others when all before have ended', () => {
  const printed: string[] = []
  const turn = turns((text) => printed.push(text))
  const [unit, contract, browser] = [turn(), turn(), turn()]
  unit.say('unit 1')
  contract.say('contract 1')
  browser.say('browser 1')
  browser.end()
  expect(printed).toEqual(['unit 1'])
  unit.say('unit 2')
  unit.end()
  expect(printed).toEqual(['unit 1', 'unit 2', 'contract 1'])
  contract.say('contract 2')
  expect(printed.at(-1)).toBe('contract 2')
  contract.end()
  expect(printed.at(-1)).toBe('browser 1')
})

test('what comes later has its turn too', () => {
  const printed: string[] = []
  const turn = turns((text) => printed.push(text))
  const first = turn()
  first.say('first')
  first.end()
  turn().say('second')
  expect(printed).toEqual(['first', 'second'])
})
