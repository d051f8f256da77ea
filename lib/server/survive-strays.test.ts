import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { log } from './log'
import { surviveStrays } from './survive-strays'

const exit = vi.fn()
let on: EventEmitter & { stdout: EventEmitter; stderr: EventEmitter; exit: (code: number) => void }
beforeEach(() => {
  exit.mockReset()
  on = Object.assign(new EventEmitter(), { stdout: new EventEmitter(), stderr: new EventEmitter(), exit })
  surviveStrays(on)
})

test.each([new Error('lost'), 'a text', undefined])(
  'a promise that fails unheard is logged, and the server goes on: %s',
  (reason) => {
    const logged = vi.spyOn(log, 'error').mockReturnValue(undefined)
    on.emit('unhandledRejection', reason)
    expect(logged).toHaveBeenLastCalledWith({ err: expect.any(Error) }, expect.any(String))
    expect(exit).not.toHaveBeenCalled()
  },
)

test('an exception that nothing catches is logged, and the process ends with 1', () => {
  const logged = vi.spyOn(log, 'fatal').mockReturnValue(undefined)
  on.emit('uncaughtException', new Error('x'))
  expect(logged).toHaveBeenCalledOnce()
  expect(exit).toHaveBeenCalledWith(1)
})

test('a log that is read no longer does not end the server', () => {
  const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
  // Without a listener the event would be thrown.
  expect(() => [on.stdout, on.stderr].map((stream) => stream.emit('error', broken))).not.toThrow()
})
