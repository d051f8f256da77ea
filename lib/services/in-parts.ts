/** Ids of one statement: on SQLite, Prisma takes 999 parameters. */
export const idsOfPart = 500

/** A list in parts that each fit in one statement. */
export function* inParts<T>(all: readonly T[], ofPart = idsOfPart): Generator<T[]> {
  for (let from = 0; from < all.length; from += ofPart) yield all.slice(from, from + ofPart)
}
