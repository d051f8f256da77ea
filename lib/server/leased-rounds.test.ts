import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Db } from '@/lib/db/client'
import { startGrouping } from './grouping'
import { startSealing } from './sealing'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test.each([startSealing, startGrouping])(
  'a server that does not do the work asks for the lease every 15 seconds',
  async (start) => {
    let asked = 0
    const lease = {
      updateMany: async () => {
        asked += 1
        return { count: 0 }
      },
      findUnique: async () => ({ name: 'evidence' }),
      deleteMany: async () => ({ count: 0 }),
    }
    const stop = start({ database: () => ({ lease }) as unknown as Db })
    await vi.advanceTimersByTimeAsync(59_000)
    await stop()
    expect(asked).toBe(4)
  },
)
