import type { Db } from '@/lib/db/client'
import { type Env, EnvError } from '@/lib/env'
import { forgetNewSecret } from '@/lib/env-secret'
import { SigningKeyError, signingKey } from './signing-key'

type Settings = Pick<Env, 'secretFile' | 'dataFolder'>

/**
 * Opens the signing key, or makes it in a new database, so that a secret that was lost or changed is noticed at the start and not
 * at the first login. A secret that was made just now in the place of a lost one is taken away again.
 * @throws EnvError
 */
export async function requireSigningKey(db: Db, { secretFile }: Settings): Promise<void> {
  try {
    await signingKey(db)
  } catch (cause) {
    if (!(cause instanceof SigningKeyError)) throw cause
    if (cause.problem === 'other-secret') forgetNewSecret(secretFile)
    throw new EnvError(sentence(cause.problem, secretFile), { cause })
  }
}

function sentence(problem: SigningKeyError['problem'], secretFile: Settings['secretFile']): string {
  const startAnew = 'delete the row of the table "SigningKey", which ends every access token and sign-in under way'
  if (problem === 'unreadable') {
    return `The signing key in the database is damaged; restore the database from a backup, or ${startAnew}.`
  }
  if (!secretFile) {
    return `KEYBOUND_SECRET is not the secret that this database was made with (its signing key cannot be opened); set it to that secret, or, if that is lost, ${startAnew}.`
  }
  const { path, isNew } = secretFile
  if (isNew) {
    return `The secret file ${path} is missing, and the signing key in the database cannot be opened without it; restore the file from a backup or set KEYBOUND_SECRET to what it held, or, if that is lost, ${startAnew}.`
  }
  return `The secret file ${path} does not hold the secret that this database was made with (its signing key cannot be opened); restore the file from a backup or set KEYBOUND_SECRET to what it held, or, if that is lost, ${startAnew}.`
}
