import { defineCommand } from '../command'

export const migrate = defineCommand({
  name: 'migrate',
  summary: 'Bring the database to the migrations of this version, as a starting server does',
  operands: [],
  options: {},
  async run(_, { print }) {
    const { env } = await import('@/lib/env')
    const { migrate: apply } = await import('@/lib/db/migrate')
    const applied = await apply(env().DATABASE_URL)
    for (const name of applied) print(`Applied ${name}`)
    if (applied.length === 0) print('The database is up to date.')
    return 0
  },
})
