import cluster, { type Worker } from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { log } from '../log'
import { groupVariable, isMessage, type Message, type Numbers } from './messages'

/** A worker that has run for so long was not broken from its start. */
const soundAfterMs = 10_000
/** Pause before the place of a worker that ended early is filled again. */
const restartMs = 1_000
/** How long the numbers of other workers are waited for. */
const gatherMs = 2_000

/**
 * Starts `count` processes that serve the same ports, and starts another for each that ends. SIGTERM and SIGINT let all of them
 * finish; SIGHUP replaces them one by one, each when its successor is ready, once all are ready for the first time.
 * @param onReady called once, when all are ready
 * @returns never, unless a worker ends before it was ready at the start: then its exit code
 */
export async function runWorkers(count: number, onReady: () => void): Promise<number> {
  // Workers accept connections themselves. Handed over by this process, one that a worker was killed with would stay open without
  // an answer.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  let isStopping = false
  const group = randomUUID()
  const gathering = relayMessages()
  const places = Array.from({ length: count }, newPlace)

  /** Starts a worker for a place. Rejects when it ends before it is ready. */
  function start(place: Place): Promise<Worker> {
    const worker = cluster.fork({ [groupVariable]: group })
    const startedMs = performance.now()
    return new Promise((resolve, reject) => {
      worker.on('message', (message) => {
        if (isMessage(message) && message.keybound === 'ready') resolve(worker)
      })
      worker.once('exit', (code, signal) => {
        gathering.forget(worker.id)
        reject(new WorkerEnded(code ?? 1, signal))
        // One that has a successor has ended as it should; one that was never ready is seen to by its starter.
        if (isStopping || place.worker !== worker) return
        place.worker = null
        log.error({ pid: worker.process.pid, code, signal }, 'a worker ended; another one is started')
        void inTurn(place, () => refill(place, performance.now() - startedMs < soundAfterMs ? restartMs : 0))
      })
    })
  }

  async function refill(place: Place, waitMs: number): Promise<void> {
    for (let wait = waitMs; !isStopping && !place.worker; wait = restartMs) {
      await pause(wait)
      if (isStopping) return
      try {
        place.worker = await start(place)
      } catch (error) {
        if (!isStopping) log.error({ err: error }, 'a worker ended before it was ready; another one is started')
      }
    }
  }

  /** Replaces the worker of a place when its successor is ready. Returns whether that went well. */
  async function replace(place: Place): Promise<boolean> {
    if (isStopping) return false
    try {
      const successor = await start(place)
      const former = place.worker
      place.worker = successor
      former?.process.kill('SIGTERM')
      return true
    } catch (error) {
      if (!isStopping) {
        log.error({ err: error }, 'the new worker ended before it was ready; the others go on as they are')
      }
      return false
    }
  }

  async function replaceAll(): Promise<void> {
    for (const place of places) if (!(await inTurn(place, () => replace(place)))) return
  }

  let setReady = () => {}
  let replacing = new Promise<void>((resolve) => {
    setReady = resolve
  })
  process.on('SIGHUP', () => {
    replacing = replacing.then(replaceAll)
  })
  const stopped = new Promise<number>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        isStopping = true
        const running = Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? [])
        for (const worker of running) worker.process.kill(signal)
        const endIfAlone = () => Object.keys(cluster.workers ?? {}).length === 0 && resolve(0)
        cluster.on('exit', endIfAlone)
        endIfAlone()
      })
    }
  })

  try {
    const fill = async (place: Place) => {
      place.worker = await start(place)
    }
    // The first one brings the database to its state and makes what is missing; the others find it done.
    const [first, ...others] = places
    if (first) await fill(first)
    await Promise.all(others.map(fill))
  } catch (error) {
    if (isStopping) return stopped
    isStopping = true
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
    return error instanceof WorkerEnded ? error.code : 1
  }
  onReady()
  setReady()
  return stopped
}

/** A place for one worker. What is done about it is done one after the other, so it is never filled twice. */
type Place = { worker: Worker | null; turn: Promise<unknown> }

const newPlace = (): Place => ({ worker: null, turn: Promise.resolve() })

function inTurn<Result>(place: Place, act: () => Promise<Result>): Promise<Result> {
  const acted = place.turn.then(act)
  place.turn = acted
  return acted
}

/** A worker ended before it was ready; it has said why. */
class WorkerEnded extends Error {
  override name = 'WorkerEnded'
  constructor(
    readonly code: number,
    signal: string | null,
  ) {
    super(`The worker ended with ${signal ?? code}.`)
  }
}

type Gathering = { asker: number; id: number; waitingFor: Set<number>; numbers: Numbers[]; timer: NodeJS.Timeout }

/** Passes on what workers tell one another. */
function relayMessages(): { forget: (workerId: number) => void } {
  const open = new Set<Gathering>()
  const send = (worker: Worker | undefined, message: Message) => {
    if (worker?.isConnected()) worker.send(message)
  }
  const othersOf = (worker: Worker) =>
    Object.values(cluster.workers ?? {}).flatMap((other) => (other && other.id !== worker.id ? [other] : []))
  const settle = (gathering: Gathering) => {
    if (!open.delete(gathering)) return
    clearTimeout(gathering.timer)
    const { asker, id, numbers } = gathering
    send(cluster.workers?.[asker], { keybound: 'gathered', id, numbers })
  }
  const leave = (gathering: Gathering, workerId: number) => {
    gathering.waitingFor.delete(workerId)
    if (gathering.waitingFor.size === 0) settle(gathering)
  }

  cluster.on('message', (worker, message: unknown) => {
    if (!isMessage(message)) return
    if (message.keybound === 'spent') for (const other of othersOf(worker)) send(other, message)
    if (message.keybound === 'gather') {
      const others = othersOf(worker)
      const gathering: Gathering = {
        asker: worker.id,
        id: message.id,
        waitingFor: new Set(others.map(({ id }) => id)),
        numbers: [],
        timer: setTimeout(() => settle(gathering), gatherMs),
      }
      open.add(gathering)
      for (const other of others) send(other, { keybound: 'numbers', id: message.id, asker: worker.id })
      if (others.length === 0) settle(gathering)
    }
    if (message.keybound === 'numbers') {
      const gathering = [...open].find(({ asker, id }) => asker === message.asker && id === message.id)
      if (!gathering) return
      if (message.numbers) gathering.numbers.push(message.numbers)
      leave(gathering, worker.id)
    }
  })
  return {
    forget: (workerId) => {
      for (const gathering of open) leave(gathering, workerId)
    },
  }
}
