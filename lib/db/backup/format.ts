import { createHmac, type Hmac } from 'node:crypto'
import { z } from 'zod'

/**
 * A backup is gzip over lines of JSON: a header; for each of its tables, in order, a line `{"table": name}` and as many rows as the
 * header says, each an array in the order of the columns; and the end, an HMAC-SHA-256 over all lines before it, by a key that is
 * derived from the installation's secret. So it can be read without this program, and cannot be changed without the secret.
 */
export const Header = z.object({
  format: z.literal('keybound-backup'),
  formatVersion: z.literal(1),
  /** Of Keybound. */
  version: z.string(),
  at: z.iso.datetime(),
  database: z.enum(['sqlite', 'postgresql']),
  /** The migrations that the database had had. */
  migrations: z.array(z.string()),
  /** `check` is an HMAC-SHA-256 of `salt`: whether the secret is the right one shows before anything is read. */
  secret: z.object({ salt: z.string(), check: z.string() }),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.enum(['text', 'integer', 'boolean', 'moment']) })),
      rowCount: z.int().nonnegative(),
    }),
  ),
})
export type Header = z.infer<typeof Header>

export const TableLine = z.strictObject({ table: z.string() })
export const Row = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
export const End = z.strictObject({ hmac: z.string() })

/** Characters of the header, and of any other line: more than the largest row of all limits of the services. */
export const headerBytesMax = 1_000_000
export const lineBytesMax = 64_000_000

export const secretCheck = (key: Uint8Array, salt: string) =>
  createHmac('sha256', key).update(`keybound backup secret ${salt}`).digest('base64url')

/** What the end is made of: fed with every line before it. */
export function seal(key: Uint8Array): { add(bytes: string | Buffer): void; end(): string } {
  const hmac: Hmac = createHmac('sha256', key).update('keybound backup lines\n')
  return { add: (bytes) => void hmac.update(bytes), end: () => hmac.digest('base64url') }
}
