import { openSqlite, type SqliteConnection } from './connection'

/**
 * Tells SQLite how many rows an index finds, by which it chooses among several. Without that it takes one organization's rows for as few as
 * those of one identity, and reads through all of them. The numbers are those of a big installation and the same everywhere, so that a
 * plan that was tried is the plan (https://www.sqlite.org/queryplanner-ng.html, "fixed statistics"); what `ANALYZE` found is replaced.
 * @param databaseUrl `file:` of a migrated database
 */
export async function keepPlanStatistics(databaseUrl: string): Promise<void> {
  const connection = await openSqlite(databaseUrl.replace(/^file:/, ''))
  try {
    const wanted = wantedStatistics(connection)
    if (sameRows(storedStatistics(connection), wanted)) return
    connection.exec('BEGIN IMMEDIATE')
    // This makes the table where there is none, and reads nothing.
    connection.exec('ANALYZE sqlite_schema')
    connection.exec('DELETE FROM sqlite_stat1')
    for (const row of wanted) connection.run('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)', row)
    connection.exec('COMMIT')
  } catch {
    // Another server is writing: it has done this, or the next start does. Closing undoes what was begun.
  } finally {
    await connection.close()
  }
}

type Row = [table: string, index: string, statistics: string]

const tableRows = 1_000_000

/** The share of a table's rows that have the same value in a column. */
function shareOf(column: string): number {
  const known = shares[column]
  if (known !== undefined) return known
  const isUnique = /(^at|At|^id|^seq|^number|^version)$/.test(column)
  return (isUnique ? 1 : 10) / tableRows
}

/** Columns with few values. Every other one is taken for an id that ten rows have, unless it tells the rows apart. */
const shares: Partial<Record<string, number>> = {
  ...{ organizationId: 0.1, accepted: 0.5, enabled: 0.5, hasAlarms: 0.1, isFailing: 0.1 },
  ...{ kind: 0.25, method: 0.25, role: 0.25, state: 0.3, reason: 0.1, action: 0.05, decision: 0.3, day: 0.01 },
  // Many have none.
  lastLoginAt: 0.5,
}

/** A row for every index: how many rows it has, and how many have the same first column, the same first two, … */
function wantedStatistics(connection: SqliteConnection): Row[] {
  const { rows } = connection.all(
    `SELECT t.name, i.name, i."unique", i.partial, c.name
       FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, i.name, c.seqno`,
    [],
  )
  const indexes = new Map<string, { table: string; isUnique: boolean; isPartial: boolean; columns: string[] }>()
  for (const [table, index, isUnique, isPartial, column] of rows) {
    const known = indexes.get(String(index)) ?? {
      ...{ table: String(table), isUnique: Boolean(isUnique), isPartial: Boolean(isPartial), columns: [] },
    }
    known.columns.push(String(column))
    indexes.set(String(index), known)
  }
  return [...indexes].map(([name, { table, isUnique, isPartial, columns }]) => {
    const all = isPartial ? tableRows / 10 : tableRows
    let found = all
    const same = columns.map((column, at) => {
      found = isUnique && at === columns.length - 1 ? 1 : Math.max(1, Math.round(found * shareOf(column)))
      return found
    })
    // A search that passes over the first column reads each of its values.
    return [table, name, [all, ...same, 'noskipscan'].join(' ')]
  })
}

function storedStatistics(connection: SqliteConnection): Row[] {
  const hasTable = connection.all(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`, []).rows.length > 0
  if (!hasTable) return []
  const { rows } = connection.all('SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx', [])
  return rows.map(([table, index, statistics]) => [String(table), String(index), String(statistics)])
}

const sameRows = (one: readonly Row[], other: readonly Row[]) => JSON.stringify(one) === JSON.stringify(other)
