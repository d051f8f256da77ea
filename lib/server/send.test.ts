import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { sendPieces, withPatience } from './send'

const server = createServer()
afterEach(() => {
  vi.useRealTimers()
  server.close()
})

const piece = 'x'.repeat(64 * 1024)

test('a reader that takes nothing is cut off, and what made the body is told so', async () => {
  let left = () => {}
  const isLeft = new Promise<void>((resolve) => {
    left = resolve
  })
  async function* endless() {
    try {
      for (;;) yield piece
    } finally {
      left()
    }
  }
  server.on('request', (asked, response) => void sendPieces(endless(), asked, response, { ms: 50, bytesPerSecond: 1 }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const asking = request({ host: '127.0.0.1', port }).end()
  const [answer] = await once(asking, 'response')
  answer.pause()
  await isLeft
  const failed = once(answer, 'error')
  answer.resume()
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
})

test('a reader that takes a little now and then is cut off, and one that is only not fast is not', async () => {
  vi.useFakeTimers()
  const limits = { ms: 60_000, bytesPerSecond: 1_000 }
  /** Takes pieces of so many bytes, one every 50 seconds. Answers after how many it was cut off. */
  const taken = async (bytes: number) => {
    async function* endless() {
      for (;;) yield 'x'.repeat(bytes)
    }
    let isCut = false
    const pieces = withPatience(endless(), limits, () => {
      isCut = true
    })
    for (let count = 1; count <= 100; count++) {
      await pieces.next()
      vi.advanceTimersByTime(50_000)
      if (isCut) return count
    }
    await pieces.return?.()
    return null
  }
  expect(await taken(1_000)).toBe(2)
  expect(await taken(50_000)).toBeNull()
})

test('the time in which a piece is made is not the time of its reader', async () => {
  vi.useFakeTimers()
  async function* slowly() {
    for (let piece = 1; piece <= 3; piece++) {
      vi.advanceTimersByTime(3_600_000)
      yield 'x'
    }
  }
  let isCut = false
  const pieces = withPatience(slowly(), { ms: 60_000, bytesPerSecond: 1_000 }, () => {
    isCut = true
  })
  while (!(await pieces.next()).done);
  expect(isCut).toBe(false)
})
