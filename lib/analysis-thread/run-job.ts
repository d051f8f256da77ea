import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { boundedQueue, type Urgency } from '@/lib/bounded-queue'
import { AppError } from '@/lib/errors'
import { type Answered, type InputOf, type JobName, type OutputOf, runSent, type Sent } from './jobs'

/** The thread's program is a file of the built server. Development and unit tests, which run the sources, have no thread. */
const program = new URL('./analysis-thread.js', import.meta.url)

/** How long one job may take. Its work is bounded by steps; this is for what they do not foresee. */
const jobMsMax = 10_000

/** How much longer the first job of a thread may take, whose program has to be loaded. */
const startMsMax = 20_000

/** A thread that has had nothing to do for so long ends. */
const idleMsMax = 60_000

/** Jobs that wait, and those of one actor: some that a stranger can write take seconds. */
const [waitingMax, ofOneMax] = [40, 6]

type Asker = {
  /** `urgent` for requests, `ordinary` for what is done in the background. */
  urgency?: Urgency
  /** The actor who asks: actors take turns. Null for what is bounded by itself. */
  owner?: string | null
}

/**
 * Runs a job beside the event loop, one at a time.
 * @throws AppError `too-many` (too many wait), `unavailable` (it took too long)
 */
export async function runJob<Name extends JobName>(
  name: Name,
  input: InputOf<Name>,
  { urgency = 'urgent', owner = null }: Asker = {},
): Promise<OutputOf<Name>> {
  return (await run({ name, input } as Sent, urgency, owner)) as OutputOf<Name>
}

const run = boundedQueue(
  async (sent: Sent) => (existsSync(program) ? inThread(sent) : runSent(sent)),
  { waitingMax, ofOneMax },
  'Too many trusts are being analysed.',
)

type Pending = { resolve: (output: OutputOf<JobName>) => void; reject: (error: unknown) => void }

let thread: Worker | undefined
let pending: Pending | undefined
let timer: NodeJS.Timeout | undefined

function inThread(sent: Sent): Promise<OutputOf<JobName>> {
  return new Promise((resolve, reject) => {
    clearTimeout(timer)
    pending = { resolve, reject }
    const isNew = !thread
    thread ??= start()
    thread.ref()
    timer = setTimeout(() => stop(tookTooLong()), isNew ? jobMsMax + startMsMax : jobMsMax)
    thread.postMessage(sent)
  })
}

function start(): Worker {
  const started = new Worker(program, { name: 'analysis' })
  started.on('message', (answer: Answered) => {
    const asked = settled()
    // An idle thread keeps no process alive.
    started.unref()
    timer = setTimeout(() => stop(ended()), idleMsMax).unref()
    if ('output' in answer) asked?.resolve(answer.output)
    else asked?.reject(new Error(answer.failure))
  })
  started.on('error', (error) => stop(error, started))
  started.on('exit', () => stop(ended(), started))
  return started
}

/** Ends the thread, and with it the job that it is at. */
function stop(reason: Error, which = thread): void {
  if (thread !== which) return
  thread = undefined
  void which?.terminate()
  settled()?.reject(reason)
}

function settled(): Pending | undefined {
  clearTimeout(timer)
  const one = pending
  pending = undefined
  return one
}

const ended = () => new Error('The thread that analyses trusts has ended.')

const tookTooLong = () =>
  new AppError('unavailable', `The analysis took longer than ${jobMsMax / 1000} s. Write fewer or shorter patterns.`, {
    reason: 'analysis_too_long',
  })
