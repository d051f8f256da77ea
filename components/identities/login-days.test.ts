import { expect, test } from 'vitest'
import { loginDays } from './login-days'

const now = Date.parse('2026-11-03T12:00:00Z')
const login = (at: string, accepted: boolean, repeats: number | null = null) => ({ at, accepted, repeats })

test('logins are counted by UTC day, and a folded refusal counts each repeat', () => {
  const logins = [login('2026-11-03T00:00:00.000Z', true), login('2026-11-02T23:59:59.999Z', false, 4)]
  expect(loginDays(logins, true, now, 3)).toEqual([
    { day: '2026-11-01', accepted: 0, refused: 0, isKnown: true },
    { day: '2026-11-02', accepted: 0, refused: 5, isKnown: true },
    { day: '2026-11-03', accepted: 1, refused: 0, isKnown: true },
  ])
})

test('days at and before the oldest decision that was read are not known while there are older ones', () => {
  const days = loginDays([login('2026-11-02T10:00:00.000Z', true)], false, now, 3)
  expect(days.map(({ isKnown }) => isKnown)).toEqual([false, false, true])
})
