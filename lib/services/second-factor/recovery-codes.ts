import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { sha256Hex } from '@/lib/trust/sha256-hex'

/** How many codes a person is given at a time. */
const recoveryCodeCount = 10

/** Base32 in lower case (RFC 4648 §6): no digit looks like one of its letters. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const codeLength = 16

/** Replaces a person's recovery codes by new ones. They are in this answer and nowhere else. */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  await tx.recoveryCode.deleteMany({ where: { userId } })
  for (const code of codes) {
    await tx.recoveryCode.create({ data: { id: newId(), userId, codeHash: await sha256Hex(bare(code)) } })
  }
  return codes
}

/** Uses up a recovery code. Returns whether it was valid. */
export async function spendRecoveryCode(tx: Tx, userId: string, code: string, now: Date): Promise<boolean> {
  const where = { userId, codeHash: await sha256Hex(bare(code)), usedAt: null }
  const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt: now } })
  return count > 0
}

export const countRecoveryCodes = (db: Pick<Tx, 'recoveryCode'>, userId: string): Promise<number> =>
  db.recoveryCode.count({ where: { userId, usedAt: null } })

/** 80 random bits in four groups. */
function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(codeLength))
  const letters = Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** A code as it is hashed: people type it with or without its hyphens, in any case. */
const bare = (code: string) => code.toLowerCase().replaceAll(/[\s-]/g, '')
