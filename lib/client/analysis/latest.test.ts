import { expect, test } from 'vitest'
import { createLatest } from './latest'

/** Questions that are answered when told to. */
function held() {
  const asked: string[] = []
  const answers: ((answer: string) => void)[] = []
  const failures: ((error: Error) => void)[] = []
  const ask = createLatest(
    (input: string) =>
      new Promise<string>((resolve, reject) => {
        asked.push(input)
        answers.push(resolve)
        failures.push(reject)
      }),
  )
  return { ask, asked, answers, failures }
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

test('while one question is answered the newest waits, and those between are never asked', async () => {
  const { ask, asked, answers } = held()
  const told: unknown[] = []
  for (const input of ['a', 'ab', 'abc']) ask(input, ({ answer }) => told.push(answer))
  expect(asked).toEqual(['a'])
  answers[0]!('1')
  await turns()
  expect(asked).toEqual(['a', 'abc'])
  answers[1]!('3')
  await turns()
  expect(told).toEqual(['1', '3'])
})

test('a failure is told, and the next question is asked', async () => {
  const { ask, asked, failures } = held()
  const told: unknown[] = []
  ask('a', ({ error }) => told.push(error?.message))
  ask('b', () => {})
  failures[0]!(new Error('no'))
  await turns()
  expect(told).toEqual(['no'])
  expect(asked).toEqual(['a', 'b'])
})
