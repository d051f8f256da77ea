import { expect, test } from 'vitest'
import { attempts } from './attempts'

test('one more than allowed is refused with when to come back, and other keys are not touched', async () => {
  const tries = attempts('test', { points: 2, seconds: 60 })
  await tries.count('a')
  await tries.count('a')
  await expect(tries.count('a')).rejects.toMatchObject({ kind: 'too-many', retryAfterSeconds: 60 })
  await tries.count('b')
})

test('what is forgotten begins again', async () => {
  const tries = attempts('test', { points: 1, seconds: 60 })
  await tries.count('c')
  await tries.forget('c')
  await tries.count('c')
})
