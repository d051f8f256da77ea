import { expect, test } from 'vitest'
import { presetOf } from './index'
import { platformsWithoutTokens } from './without-tokens'

test('a platform without tokens has no preset, and is listed once', () => {
  const ids = platformsWithoutTokens.map(({ id }) => id)
  expect(ids.filter((id) => presetOf(id) !== null)).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})
