import { Worker } from 'node:worker_threads'

export type Derivation = { password: string; salt: string }

type Pending = { resolve: (key: Buffer) => void; reject: (error: unknown) => void }

// A text, for the server is bundled into files that a thread could not find.
const source = `
const { parentPort } = require('node:worker_threads')
const { scryptSync } = require('node:crypto')
parentPort.on('message', ({ password, salt }) => {
  parentPort.postMessage(scryptSync(password, salt, 64, { N: 16384, r: 16, p: 1, maxmem: 128 * 16384 * 16 * 2 }))
})`

let thread: Worker | undefined
let pending: Pending | undefined

/**
 * Derives a key by scrypt as better-auth does (N 16384, r 16: 32 MiB and some 70 ms), in a thread of its own: beside the event
 * loop, and outside the pool where signatures are made. One at a time.
 */
export function scryptInThread(input: Derivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    pending = { resolve, reject }
    thread ??= start()
    thread.ref()
    thread.postMessage(input)
  })
}

function start(): Worker {
  const started = new Worker(source, { eval: true })
  started.on('message', (key: Uint8Array) => settled()?.resolve(Buffer.from(key)))
  started.on('error', (error) => {
    thread = undefined
    settled()?.reject(error)
  })
  return started
}

/** An idle thread keeps no process alive. */
function settled(): Pending | undefined {
  const one = pending
  pending = undefined
  thread?.unref()
  return one
}
