const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A new id for a row: a random UUID (RFC 9562 §5.4). */
export const newId = () => crypto.randomUUID()

/** A request's id, and so the id of a decision made in it: `req-` and 14 alphanumerics (seed: Infisical's envelope). */
export const newRequestId = () => withRandomEnd('req-')

const requestIdLength = 18
/** `req-` and the ten alphanumerics that requests counted into one row share. */
const sharedLength = 14

/**
 * The id of the row that a request is counted into together with others like it. Every id that `requestIdInto` makes for
 * that row leads back to it.
 */
export const foldedRowId = (requestId: string) => requestId.slice(0, sharedLength).padEnd(requestIdLength, '0')

/** A new id for a request that is counted into a row there is already. */
export const requestIdInto = (rowId: string) => withRandomEnd(rowId.slice(0, sharedLength))

/** Whether a text has the form of a request's id. */
export const isRequestId = (text: string) => /^req-[A-Za-z0-9]{14}$/.test(text)

function withRandomEnd(beginning: string): string {
  let id = beginning
  while (id.length < requestIdLength) {
    const byte = randomByte()
    // 62 × 4 = 248: bytes above would favour the first letters.
    if (byte < 248) id += alphanumerics[byte % 62]
  }
  return id
}

/** Asking for random bytes costs as much as a hundred of them. */
const pool = new Uint8Array(2_048)
let used = pool.length

function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  return pool[used++] ?? 0
}

/** Whether a text has the form of our row ids; anything else can be answered "not found" without asking the database. */
export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
