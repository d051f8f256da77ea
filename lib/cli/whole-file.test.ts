import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writeWhole } from './whole-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-whole-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'what is half written when %s comes does not stay, and the process ends by that signal',
  async (signal) => {
    const ended = vi.spyOn(process, 'kill').mockReturnValue(true)
    const file = path.join(folder, 'a.backup')
    writeFileSync(file, 'the former one')
    let out: Writable | undefined
    const written = writeWhole(file, { overwrite: true }, async (given) => {
      out = given
      await new Promise((resolve) => given.write('a half', resolve))
      expect(readdirSync(folder)).toHaveLength(2)
      process.emit(signal, signal)
      expect(readdirSync(folder)).toEqual(['a.backup'])
      throw new Error('In a process of its own, nothing is done after that.')
    })
    await expect(written).rejects.toThrow('nothing is done after that')
    out?.destroy()
    expect(ended.mock.calls).toEqual([[process.pid, signal]])
    expect(readFileSync(file, 'utf8')).toBe('the former one')
  },
)

test('a file that was written leaves no listener for signals', async () => {
  const before = process.listenerCount('SIGINT')
  const end = (out: Writable) => new Promise<void>((resolve) => out.end('whole', () => resolve()))
  await writeWhole(path.join(folder, 'a'), { overwrite: false }, end)
  expect(process.listenerCount('SIGINT')).toBe(before)
})
