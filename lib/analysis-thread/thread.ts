import { parentPort } from 'node:worker_threads'
import { type Answered, runSent, type Sent } from './jobs'

// A thread of its own: the event loop of the server goes on while a trust is analysed.

parentPort?.on('message', (sent: Sent) => parentPort?.postMessage(answerTo(sent)))

function answerTo(sent: Sent): Answered {
  try {
    return { output: runSent(sent) }
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
