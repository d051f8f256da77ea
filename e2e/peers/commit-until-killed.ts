import { writeSync } from 'node:fs'
import { connect } from '../../lib/db/client'

/** Commits rows to a SQLite file one after another, and prints the id of each once it is committed; until it is killed. */
const [databaseUrl = '', prefix = ''] = process.argv.slice(2)
const db = connect(databaseUrl)
for (let n = 0; ; n++) {
  const id = `${prefix}-${n}`
  await db.$transaction((tx) => tx.organization.create({ data: { id, name: id.repeat(100), slug: id } }))
  writeSync(1, `${id}\n`)
}
