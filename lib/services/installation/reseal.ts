import type { Db, Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { record } from '../audit/record'
import type { Acting } from '../context'
import { proveAnew } from '../evidence/prove-anew'
import { keyFor, type SealPurpose, seal, unsealWith } from './seal'
import { forgetSigningKeys } from './signing-key'

/** How many texts of each purpose were sealed with the former secret. */
export type Resealed = Partial<Record<SealPurpose, number>>

/**
 * Seals everything that is stored sealed with the present secret, where it was sealed with the former one, in one transaction: all
 * of it, or nothing. Servers that know both secrets go on meanwhile.
 * @throws AppError `rule` for a text that neither secret opens, naming its row
 */
export async function resealAll(acting: Acting & { db: Db }, formerSecret: string): Promise<Resealed> {
  const { db } = acting
  const resealed = await inTransaction(
    { db },
    async (tx) => {
      const counts: Resealed = {}
      for (const place of places(tx)) counts[place.purpose] = await resealPlace(place, formerSecret)
      await proveAnew(tx)
      await record(tx, acting, { action: 'secret.changed', after: counts })
      return counts
    },
    { timeoutMs: 600_000 },
  )
  forgetSigningKeys(db)
  return resealed
}

/** Rows in memory at a time. */
const batchRows = 200

type Sealed = { id: string; text: string }
type Place = {
  purpose: SealPurpose
  /** For the message about a text that cannot be opened. */
  what: string
  read(after: string, take: number): Promise<Sealed[]>
  write(sealed: Sealed): Promise<unknown>
}

/** Every column that holds a sealed text. Sealed cookies and parameters end by themselves. */
function places(tx: Tx): Place[] {
  return [
    {
      ...{ purpose: 'signing-key', what: 'signing key' },
      async read(after, take) {
        const rows = await tx.signingKey.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take })
        return rows.map((row) => ({ id: row.id, text: row.privateJwk }))
      },
      write: ({ id, text }) => tx.signingKey.update({ where: { id }, data: { privateJwk: text } }),
    },
    {
      ...{ purpose: 'evidence-key', what: 'key of checkpoints' },
      async read(after, take) {
        const rows = await tx.evidenceKey.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take })
        return rows.map((row) => ({ id: row.id, text: row.privateJwk }))
      },
      write: ({ id, text }) => tx.evidenceKey.update({ where: { id }, data: { privateJwk: text } }),
    },
    {
      ...{ purpose: 'second-factor', what: 'second factor of the person' },
      async read(after, take) {
        const where = { userId: { gt: after } }
        const rows = await tx.secondFactor.findMany({ where, orderBy: { userId: 'asc' }, take })
        return rows.map((row) => ({ id: row.userId, text: row.secret }))
      },
      write: ({ id, text }) => tx.secondFactor.update({ where: { userId: id }, data: { secret: text } }),
    },
    {
      ...{ purpose: 'stream', what: 'secret of the stream' },
      async read(after, take) {
        const rows = await tx.stream.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take })
        return rows.map((row) => ({ id: row.id, text: row.secret }))
      },
      write: ({ id, text }) => tx.stream.update({ where: { id }, data: { secret: text } }),
    },
    {
      ...{ purpose: 'sign-in-state', what: 'sign-in' },
      async read(after, take) {
        const where = { id: { gt: after }, person: { not: null } }
        const rows = await tx.signInIntent.findMany({ where, orderBy: { id: 'asc' }, take })
        return rows.map((row) => ({ id: row.id, text: row.person ?? '' }))
      },
      write: ({ id, text }) => tx.signInIntent.update({ where: { id }, data: { person: text } }),
    },
  ]
}

async function resealPlace({ purpose, what, read, write }: Place, formerSecret: string): Promise<number> {
  const [present, former] = [await keyFor(purpose), await keyFor(purpose, formerSecret)]
  let count = 0
  let after = ''
  for (;;) {
    const rows = await read(after, batchRows)
    for (const { id, text } of rows) {
      after = id
      if ((await opened(present, text)) !== null) continue
      const plain = await opened(former, text)
      if (plain === null) {
        throw new AppError(
          'rule',
          `The ${what} ${id} can be opened with neither secret, so nothing was changed; set KEYBOUND_PREVIOUS_SECRET to the secret it was stored with, or remove it.`,
        )
      }
      await write({ id, text: await seal(purpose, plain) })
      count += 1
    }
    if (rows.length < batchRows) return count
  }
}

const opened = (key: Uint8Array, text: string) => unsealWith(key, text).catch(() => null)
