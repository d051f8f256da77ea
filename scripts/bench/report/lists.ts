import type { Row } from '../measure'

/** Rows of lists are named `<list> (<decisions>)`. */
const parts = ({ name }: Row) => {
  const [, list = name, size = ''] = /^(.*) \((.*)\)$/.exec(name) ?? []
  return { list, size }
}

export const listNames = (rows: readonly Row[]) => [...new Set(rows.map((row) => parts(row).list))]
export const listSizes = (rows: readonly Row[]) => [...new Set(rows.map((row) => parts(row).size))]
export const listAt = (rows: readonly Row[], subject: string, list: string, size: string) =>
  rows.find((row) => row.subject === subject && parts(row).list === list && parts(row).size === size)
