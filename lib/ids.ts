const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A new id for a row: a random UUID (RFC 9562 §5.4). */
export const newId = () => crypto.randomUUID()

/** A request's id, and so the id of a decision made in it: `req-` and 14 alphanumerics (seed: Infisical's envelope). */
export function newRequestId() {
  let id = 'req-'
  while (id.length < 18) {
    for (const byte of crypto.getRandomValues(new Uint8Array(20))) {
      // 62 × 4 = 248: bytes above would favour the first letters.
      if (byte < 248 && id.length < 18) id += alphanumerics[byte % 62]
    }
  }
  return id
}

/** Whether a text has the form of our row ids; anything else can be answered "not found" without asking the database. */
export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
