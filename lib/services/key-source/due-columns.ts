/** How long before its set becomes old a source is fetched again: two rounds of the background work. */
const aheadSeconds = 60
/** Never more often than this, whatever a source says of its age. */
const pauseSeconds = 45

export const epoch = new Date(0)

type State = { lastAttemptAt: Date; failingSince: Date | null; freshUntil: Date | null }

/** The columns of a named source that say when it is fetched next. One that was never fetched is due at once. */
export function dueColumns(state: State | null) {
  if (!state) return { dueAt: epoch, isFailing: false, attemptedAt: null }
  const { lastAttemptAt, failingSince, freshUntil } = state
  const pauseEnds = lastAttemptAt.getTime() + pauseSeconds * 1000
  const isFailing = failingSince !== null
  const soon = isFailing || !freshUntil ? pauseEnds : freshUntil.getTime() - aheadSeconds * 1000
  return { dueAt: new Date(Math.max(pauseEnds, soon)), isFailing, attemptedAt: lastAttemptAt }
}

/** The same for a source that only disabled trusts name: it is not fetched in the background. */
export const notDue = { dueAt: null, isFailing: false, attemptedAt: null }
