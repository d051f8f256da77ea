import type { Tx } from '@/lib/db/client'

/** Second factors that a person has set up. */
export type Factors = { code: boolean; passkey: boolean }

export async function factorsOf(db: Pick<Tx, 'secondFactor' | 'passkey'>, userId: string): Promise<Factors> {
  const [codes, passkeys] = await Promise.all([
    db.secondFactor.count({ where: { userId, confirmedAt: { not: null } } }),
    db.passkey.count({ where: { userId } }),
  ])
  return { code: codes > 0, passkey: passkeys > 0 }
}

export const hasFactor = ({ code, passkey }: Factors): boolean => code || passkey

/** How a sign-in began. */
export type FirstStep = 'password' | 'provider'

/**
 * Whether a sign-in needs a second step. A provider has its own ways to be sure of a person, so codes are asked for after it only
 * where the organization requires a second factor of all its people. A passkey alone is a way to sign in, and no obligation.
 */
export const needsSecondStep = (first: FirstStep, factors: Factors, isRequired: boolean): boolean =>
  isRequired ? hasFactor(factors) : first === 'password' && factors.code
