import type { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlQueryable } from '@prisma/driver-adapter-utils'

/**
 * A time of PostgreSQL, or the beginning of 1970 for one that JavaScript does not have (`infinity`, a year before the common era, one after 275760): such a
 * column reads as an unreadable one of SQLite does (`sqlite/values.ts`). Keybound writes none of them.
 */
export const readableTime = (text: string): string => (Number.isNaN(Date.parse(text)) ? epoch : text)
const epoch = '1970-01-01T00:00:00.000+00:00'

/** The adapter, which reads every time so, in transactions too. */
export function withReadableTimes(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = reading(await connect())
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => reading(await startTransaction(level))
    return adapter
  }
  return factory
}

function reading<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const queryRaw = queryable.queryRaw.bind(queryable)
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query)
    const times = result.columnTypes.flatMap((type, at) => (type === ColumnTypeEnum.DateTime ? [at] : []))
    for (const row of times.length > 0 ? result.rows : [])
      for (const at of times) if (typeof row[at] === 'string') row[at] = readableTime(row[at])
    return result
  }
  return queryable
}
