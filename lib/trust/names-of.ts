/** Returns the names of a table's entries, typed. */
export function namesOf<Table extends object>(table: Table) {
  return Object.keys(table) as (keyof Table)[]
}
