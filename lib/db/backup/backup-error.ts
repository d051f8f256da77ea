/** A backup cannot be made or restored. The message is one sentence that says what to change; it never holds a secret. */
export class BackupError extends Error {
  override name = 'BackupError'
}
