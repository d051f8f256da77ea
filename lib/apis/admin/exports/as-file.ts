import { z } from 'zod'
import { csvLine } from '@/lib/model/csv'
import type { Context } from '@/lib/services/context'
import { oneOfFew, Streamed, streamedJson } from '../../streamed'

export const Format = z.enum(['ndjson', 'csv'])

/** Rows in a format, under a name to save them by. @param shape its members are the columns */
export function file(
  ctx: Context,
  noun: string,
  format: z.output<typeof Format>,
  rows: AsyncGenerator<object>,
  shape: z.ZodObject,
) {
  const columns = Object.keys(shape.shape)
  const body =
    format === 'csv'
      ? new Streamed(
          'text/csv;charset=utf-8',
          oneOfFew(ctx, csvLines(columns, rows), (line) => line),
        )
      : streamedJson(ctx, rows)
  return named(ctx, noun, format, body)
}

async function* csvLines(columns: readonly string[], rows: AsyncGenerator<object>) {
  yield csvLine(columns)
  for await (const row of rows) yield csvLine(columns.map((name) => Reflect.get(row, name)))
}

/** A body with the name that it is saved by. */
export function named(ctx: Context, noun: string, extension: string, body: Streamed) {
  const name = `keybound-${noun}-${ctx.now().toISOString().slice(0, 10)}.${extension}`
  return { body, headers: { 'content-disposition': `attachment; filename="${name}"` } }
}
