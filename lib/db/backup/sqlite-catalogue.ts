import type { SqliteConnection } from '../sqlite/connection'
import type { Catalogue } from './table'

export function sqliteCatalogue(connection: SqliteConnection): Catalogue {
  const rows = (sql: string) => connection.all(sql, []).rows.map((row) => row.map(String))
  return {
    columns: rows(
      `SELECT t.name, c.name, c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`,
    ).map(([table = '', column = '', type = '']) => ({ table, column, type })),
    references: rows(
      `SELECT t.name, f."table" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`,
    ).map(([from = '', to = '']) => ({ from, to })),
  }
}
