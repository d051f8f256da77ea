import { AppError } from '@/lib/errors'
import type { Actor, Context } from '../context'

/** The signed-in person who acts. @throws AppError `unauthenticated` for anyone else, machines included */
export function requirePerson({ actor }: Context): Actor & { kind: 'user' } {
  if (actor.kind === 'user') return actor
  throw new AppError('unauthenticated', 'Only a signed-in person has an account of their own. Sign in.')
}
