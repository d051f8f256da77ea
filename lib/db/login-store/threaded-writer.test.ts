import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../sqlite/session'
import { writerOnThread } from './threaded-writer'

// Beside node_modules, as the built server is.
const folders = path.resolve('.cache')
let folder: string
let program: URL
beforeAll(async () => {
  mkdirSync(folders, { recursive: true })
  folder = mkdtempSync(path.join(folders, 'writer-'))
  const outfile = path.join(folder, 'writer.mjs')
  const entryPoints = [path.join(import.meta.dirname, 'sqlite-thread.ts')]
  const banner = {
    js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
  }
  await build({
    ...{ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', banner, logLevel: 'error' },
    external: ['@photostructure/sqlite'],
  })
  program = pathToFileURL(outfile)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what is being written when the thread is closed is written and answered first', async () => {
  const file = path.join(folder, 'a.db')
  const session = await openSession(`file:${file}`)
  await session.executeScript(`PRAGMA journal_mode = WAL;
    CREATE TABLE "ChainHead" ("organizationId" TEXT PRIMARY KEY, "seq" INTEGER, "hash" TEXT, "sealedAt" TEXT, "mac" TEXT);
    CREATE TABLE "ChainEntry" ("organizationId" TEXT, "seq" INTEGER, "recordId" TEXT, "entry" TEXT, "hash" TEXT);`)
  const statements = { insertToken: '', insertDecision: '', insertUnsealed: '' }
  const writer = await writerOnThread(program, { file, statements, busyMs: 1_000 })
  const entries = [['log', 1, 'record', '{}', 'hash']]
  const next = [1, 'hash', '2026-06-01T12:00:00.000+00:00', 'mac', 'log']
  const appended = writer.append({ head: null, replaced: null, next, entries, done: [], following: [] })
  const written = writer.write([])
  await writer.close()
  expect([await appended, await written]).toEqual(['written', []])
  const read = { sql: 'SELECT "recordId" FROM "ChainEntry"', args: [], argTypes: [] }
  expect((await session.queryRaw(read)).rows).toEqual([['record']])
  await session.dispose()
  await expect(writer.write([])).rejects.toThrow('has ended')
})
