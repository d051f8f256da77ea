import type { Writable } from 'node:stream'
import { version } from '@/package.json'
import { defineCommand } from '../command'
import { writeWhole } from '../whole-file'

export const backup = defineCommand({
  name: 'backup',
  summary: 'Write everything that the database holds to one file, while servers run',
  details: `The file holds every row as of one moment, from SQLite or PostgreSQL, and can be restored into either.
It is as secret as the database. The secret of the installation is not in it, and without that it cannot
be restored: keep KEYBOUND_SECRET, or the file "secret" of the data folder, in another place.`,
  operands: [{ name: 'FILE', about: 'where to; - is the standard output' }],
  options: { force: { type: 'boolean', about: 'replace the file if it exists' } },
  async run({ operands: [file = '-'], options: { force = false } }, { stdout, say, pathOf }) {
    const { env } = await import('@/lib/env')
    const { connect } = await import('@/lib/db/client')
    const { backUp } = await import('@/lib/db/backup/back-up')
    const { keyFor } = await import('@/lib/services/installation/seal')
    const { requireSigningKey } = await import('@/lib/services/installation/require-signing-key')
    const settings = env()
    const { DATABASE_URL } = settings
    const requireSecret = async () => {
      const db = connect(DATABASE_URL)
      await requireSigningKey(db, settings).finally(() => db.$disconnect())
    }
    const options = { key: await keyFor('backup'), version, at: new Date(), requireSecret }
    const write = (out: Writable) => backUp(DATABASE_URL, options, out)
    const header = await (file === '-' ? write(stdout) : writeWhole(pathOf(file), { overwrite: force }, write))
    const rowCount = header.tables.reduce((sum, table) => sum + table.rowCount, 0)
    say(`Backed up ${rowCount} rows of ${header.tables.length} tables as of ${header.at}.`)
    return 0
  },
})
