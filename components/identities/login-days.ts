type Login = { at: string; accepted: boolean; repeats: number | null }

/** Logins of one UTC day; `isKnown` is false before the oldest decision that was read. */
export type StripDay = { day: string; accepted: number; refused: number; isKnown: boolean }

const dayMs = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/**
 * Returns the last `count` days up to `nowMs`, oldest first, from the newest decisions. @param isAll whether there are no older
 * ones: else the day of the oldest is cut, and it and those before are not known
 */
export function loginDays(logins: readonly Login[], isAll: boolean, nowMs: number, count: number): StripDay[] {
  const oldest = logins.at(-1)?.at.slice(0, 10) ?? ''
  return Array.from({ length: count }, (_, at) => {
    const day = dayOf(nowMs - (count - 1 - at) * dayMs)
    const ofDay = logins.filter((login) => login.at.startsWith(day))
    return {
      day,
      accepted: ofDay.filter(({ accepted }) => accepted).length,
      // One row counts repeated refusals of one cause.
      refused: ofDay.reduce((sum, login) => sum + (login.accepted ? 0 : 1 + (login.repeats ?? 0)), 0),
      isKnown: isAll || day > oldest,
    }
  })
}
