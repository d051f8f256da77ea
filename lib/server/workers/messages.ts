import type { Spent } from '@/lib/services/attempts'

/** Numbers of one process, as prom-client gives and merges them. */
export type Numbers = object[]

/** Messages between the workers and the process that starts them; `id` belongs to the worker that asks. */
export type Message =
  | { keybound: 'ready' }
  | { keybound: 'spent'; spent: Spent }
  | { keybound: 'gather'; id: number }
  | { keybound: 'numbers'; id: number; asker: number; numbers?: Numbers }
  | { keybound: 'gathered'; id: number; numbers: Numbers[] }

/** Other modules of Node and of npm send messages by the same way. */
export const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'keybound' in message

/** Environment variable of workers: the same for those that can send each other messages, and of no other process. */
export const groupVariable = 'KEYBOUND_WORKER_GROUP'
