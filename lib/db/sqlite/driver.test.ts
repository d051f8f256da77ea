import { expect, test } from 'vitest'
import { DatabaseError } from '../database-error'
import { load } from './driver'

class BuiltIn {}
class FromPackage {}
const places = {
  builtIn: () => BuiltIn as never,
  fromPackage: async () => ({ DatabaseSync: FromPackage }) as never,
}

test.each([
  ['3.54.1', 'built-in'],
  ['3.51.3', 'built-in'],
  ['4.0.0', 'built-in'],
  // https://sqlite.org/wal.html#walresetbug
  ['3.51.2', 'package'],
  ['3.49.1', 'package'],
  [undefined, 'package'],
])('where Node brings SQLite %s, the %s one serves', async (version, source) => {
  expect(await load(version, places)).toEqual({
    source,
    DatabaseSync: source === 'built-in' ? BuiltIn : FromPackage,
  })
})

test('a binary that does not load is named as what is wrong, with what to do', async () => {
  const failing = () => Promise.reject(new Error('invalid ELF header\nat somewhere'))
  const error = await load(undefined, { ...places, fromPackage: failing }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DatabaseError)
  expect(error).toHaveProperty(
    'message',
    `SQLite cannot be loaded on ${process.platform} ${process.arch} with Node ${process.versions.node} (invalid ELF header); run npm install again, use the newest Node 22, 24 or 26, which has SQLite built in, or set DATABASE_URL to a PostgreSQL database.`,
  )
})
