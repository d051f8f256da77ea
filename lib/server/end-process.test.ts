import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endProcess } from './end-process'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test.each([
  ['went well', () => Promise.resolve(), 0],
  ['failed, as without its database', () => Promise.reject(new Error('gone')), 1],
])('a process whose end %s ends', async (_, finish, code) => {
  const exit = vi.fn()
  await endProcess(finish, exit)
  vi.runAllTimers()
  expect(exit.mock.calls).toEqual([[code]])
})

test('a process whose end never comes ends all the same, within what Kubernetes and Docker allow', () => {
  const exit = vi.fn()
  void endProcess(() => new Promise(() => {}), exit)
  vi.advanceTimersByTime(30_000)
  expect(exit.mock.calls).toEqual([[1]])
})
