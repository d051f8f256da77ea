import type { Writable } from 'node:stream'
import { migrationNames } from '../migrate'
import { BackupError } from './backup-error'
import type { Header } from './format'
import { openSnapshot } from './snapshot'
import { type BackupOptions, writeBackup } from './write-backup'

/**
 * Writes a backup of a database to a stream, beside servers that run on it.
 * @param requireSecret throws where the key is not derived from the secret that the database was made with
 * @throws DatabaseError when the database cannot be reached, BackupError when it is not of this version
 */
export async function backUp(
  databaseUrl: string,
  { requireSecret, ...options }: BackupOptions & { requireSecret(): Promise<void> },
  out: Writable,
): Promise<Header> {
  const snapshot = await openSnapshot(databaseUrl)
  try {
    const known = await migrationNames(snapshot.database)
    if (snapshot.migrations.join() !== known.join()) {
      throw new BackupError(
        'The database does not have the migrations of this version of Keybound; back it up with the version that serves it.',
      )
    }
    await requireSecret()
    return await writeBackup(snapshot, options, out)
  } finally {
    await snapshot.close()
  }
}
