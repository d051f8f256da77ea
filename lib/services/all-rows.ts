/**
 * The rows of a table in the order of a place, an id for example, batch after batch: memory for one batch, and a statement only when
 * its rows are taken.
 * @param batchRows how many `read` answers at most; fewer are the last
 */
export async function* allRows<Row, Place>(
  { from, placeOf, batchRows }: { from: Place; placeOf: (row: Row) => Place; batchRows: number },
  read: (after: Place) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for (let after = from; ; ) {
    const rows = await read(after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchRows) return
    after = placeOf(last)
  }
}
