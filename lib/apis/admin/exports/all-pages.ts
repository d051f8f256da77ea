/** The rows of a list, page after page: memory for one page, and a statement only when its rows are taken. */
export async function* allPages<Row>(
  read: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; next: string | null }>,
): AsyncGenerator<Row> {
  let cursor: string | undefined
  do {
    const { rows, next } = await read(cursor)
    yield* rows
    // A cursor that does not move on would never end.
    if (next === cursor) return
    cursor = next ?? undefined
  } while (cursor !== undefined)
}
