import { randomBytes, timingSafeEqual } from 'node:crypto'
import { boundedQueue, type Urgency } from '@/lib/bounded-queue'
import { scryptInThread } from './scrypt-thread'

/** Derivations that may wait, of each urgency: a second or two of work. */
const derive = boundedQueue(scryptInThread, { waitingMax: 20 }, 'Too many passwords are being checked.')

/** A salted hash of a password, as better-auth stores it. @throws AppError `too-many` */
export async function hashPassword(password: string, urgency?: Urgency): Promise<string> {
  const salt = randomBytes(16).toString('hex')
  return `${salt}:${(await derive(inputOf(password, salt), urgency)).toString('hex')}`
}

/** Whether a password is the one that was hashed. @throws AppError `too-many` */
export async function verifyPassword(stored: { hash: string; password: string }, urgency?: Urgency): Promise<boolean> {
  const [salt = '', key = ''] = stored.hash.split(':')
  const wanted = Buffer.from(key, 'hex')
  const derived = await derive(inputOf(stored.password, salt), urgency)
  return salt !== '' && derived.byteLength === wanted.byteLength && timingSafeEqual(derived, wanted)
}

const inputOf = (password: string, salt: string) => ({ password: password.normalize('NFKC'), salt })
