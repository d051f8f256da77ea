import { AppError } from '@/lib/errors'

/** `urgent` for known people: they are served before strangers, and strangers cannot fill their queue. */
export type Urgency = 'urgent' | 'ordinary'

/**
 * Runs heavy work one at a time; of what waits, the urgent first.
 * @param waitingMax of each urgency
 * @returns a function that throws AppError `too-many` when too much waits
 */
export function boundedQueue<Input, Output>(run: (input: Input) => Promise<Output>, waitingMax: number) {
  const waiting: Record<Urgency, (() => Promise<void>)[]> = { urgent: [], ordinary: [] }
  let isRunning = false

  async function drain() {
    isRunning = true
    for (let next = take(); next; next = take()) await next()
    isRunning = false
  }
  const take = () => waiting.urgent.shift() ?? waiting.ordinary.shift()

  return (input: Input, urgency: Urgency = 'ordinary'): Promise<Output> => {
    if (waiting[urgency].length >= waitingMax) throw busy()
    const outcome = new Promise<Output>((resolve, reject) => {
      waiting[urgency].push(() => run(input).then(resolve, reject))
    })
    if (!isRunning) void drain()
    return outcome
  }
}

const retryAfterSeconds = 2

const busy = () =>
  new AppError('too-many', `Too many passwords are being checked. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  })
