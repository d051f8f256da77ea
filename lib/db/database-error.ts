/** The database cannot be used. The message is one sentence that says what to change; it never holds the password. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
}
