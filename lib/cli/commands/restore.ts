import { defineCommand, Refused } from '../command'
import { openFile } from '../open-file'

export const restore = defineCommand({
  name: 'restore',
  summary: 'Fill an empty database with a backup, whole or not at all',
  details: `DATABASE_URL names the database, SQLite or PostgreSQL, whichever the backup is of; it is made and migrated if
need be. KEYBOUND_SECRET must be the secret of the installation that was backed up. Stop all servers first.
What was revoked or ended after the backup was made is valid again afterwards.`,
  operands: [{ name: 'FILE', about: 'a backup; - is the standard input' }],
  options: { force: { type: 'boolean', about: 'replace everything that the database holds' } },
  async run({ operands: [file = '-'], options: { force = false } }, { stdin, print, pathOf }) {
    const { env } = await import('@/lib/env')
    const { forgetNewSecret } = await import('@/lib/env-secret')
    const { restore: fill } = await import('@/lib/db/backup/restore')
    const { keyFor } = await import('@/lib/services/installation/seal')
    const { DATABASE_URL, secretFile } = env()
    try {
      const input = file === '-' ? stdin : await openFile(pathOf(file))
      const header = await fill(DATABASE_URL, input, { key: await keyFor('backup'), force })
      const rowCount = header.tables.reduce((sum, table) => sum + table.rowCount, 0)
      print(`Restored ${rowCount} rows of ${header.tables.length} tables as of ${header.at}.`)
      return 0
    } catch (error) {
      // A secret that no installation had before opens no backup.
      forgetNewSecret(secretFile)
      throw toRefused(file, error)
    }
  },
})

function toRefused(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'this user may not read it',
    EISDIR: 'it is a folder',
  }
  const reason = typeof code === 'string' ? reasons[code] : undefined
  return reason ? new Refused(`${file} cannot be read: ${reason}.`, { cause: error }) : error
}
