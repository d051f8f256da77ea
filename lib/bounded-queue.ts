import { AppError } from '@/lib/errors'

/** `urgent` for known people: they are served before strangers, and strangers cannot fill their queue. */
export type Urgency = 'urgent' | 'ordinary'

export type Limits = {
  /** Of each urgency. */
  waitingMax: number
  /** Of one owner, of each urgency. */
  ofOneMax?: number
}

type Waiting = { owner: string | null; start: () => Promise<void> }

/**
 * Runs heavy work one at a time; of what waits, the urgent first. Owners take turns, so that none delays another by more than one
 * piece of work; work without an owner comes before theirs.
 * @param busy what there is too much of: "Too many passwords are being checked."
 * @returns a function that throws AppError `too-many` when too much waits
 */
export function boundedQueue<Input, Output>(
  run: (input: Input) => Promise<Output>,
  { waitingMax, ofOneMax = waitingMax }: Limits,
  busy: string,
) {
  const waiting: Record<Urgency, Waiting[]> = { urgent: [], ordinary: [] }
  /** The turn at which each owner was served last, while there is work. */
  const servedAt = new Map<string, number>()
  let turn = 0
  let isRunning = false

  async function drain() {
    isRunning = true
    for (let next = take(); next; next = take()) await next.start()
    servedAt.clear()
    isRunning = false
  }

  function take(): Waiting | undefined {
    const queue = waiting.urgent.length > 0 ? waiting.urgent : waiting.ordinary
    const turnOf = ({ owner }: Waiting) => (owner === null ? -1 : (servedAt.get(owner) ?? 0))
    const next = queue.reduce<Waiting | undefined>(
      (first, one) => (first === undefined || turnOf(one) < turnOf(first) ? one : first),
      undefined,
    )
    if (!next) return undefined
    queue.splice(queue.indexOf(next), 1)
    if (next.owner !== null) servedAt.set(next.owner, ++turn)
    return next
  }

  return (input: Input, urgency: Urgency = 'ordinary', owner: string | null = null): Promise<Output> => {
    const queue = waiting[urgency]
    const own = owner === null ? 0 : queue.filter((one) => one.owner === owner).length
    if (queue.length >= waitingMax || own >= ofOneMax) throw tooMany(busy)
    const outcome = new Promise<Output>((resolve, reject) => {
      queue.push({ owner, start: () => run(input).then(resolve, reject) })
    })
    if (!isRunning) void drain()
    return outcome
  }
}

const retryAfterSeconds = 2

const tooMany = (busy: string) =>
  new AppError('too-many', `${busy} Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds })
