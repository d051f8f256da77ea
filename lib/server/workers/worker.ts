import cluster from 'node:cluster'
import { shareSpent, takeSpent } from '@/lib/services/attempts'
import { numbersOfProcess, shareNumbers } from '@/lib/services/metrics/metrics'
import { isMessage, type Message, type Numbers } from './messages'

/**
 * Joins this process to the others of the installation: limits count the attempts of all of them, and the metrics of any are
 * those of all. Does nothing in a process that serves alone.
 */
export function joinWorkers(): void {
  if (!cluster.isWorker) return
  const asked = new Map<number, (numbers: Numbers[]) => void>()
  let last = 0

  shareSpent((spent) => send({ keybound: 'spent', spent }))
  shareNumbers(
    () =>
      new Promise((resolve) => {
        last += 1
        asked.set(last, resolve)
        send({ keybound: 'gather', id: last })
      }),
  )
  process.on('message', async (message: unknown) => {
    if (!isMessage(message)) return
    if (message.keybound === 'spent') takeSpent(message.spent)
    if (message.keybound === 'numbers') send({ ...message, numbers: await numbersOfProcess() })
    if (message.keybound === 'gathered') {
      asked.get(message.id)?.(message.numbers)
      asked.delete(message.id)
    }
  })
}

/**
 * Calls `finish` when the process that started this one is gone. Without that, node:cluster ends this one at once, with the requests
 * that it is answering.
 */
export function whenPrimaryIsGone(finish: () => void): void {
  const { worker } = cluster
  worker?.once('disconnect', () => {
    worker.exitedAfterDisconnect = true
    finish()
  })
}

/** Tells the process that started this one that requests are answered. */
export const tellReady = () => send({ keybound: 'ready' })

/** Where the other process is gone, this one ends too; there is no one to tell then. */
const send = (message: Message) => {
  if (process.connected) process.send?.(message)
}
