import type { z } from 'zod'
import { inTransaction } from '@/lib/db/transaction'
import { AccountPatch } from '@/lib/model/person'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { type ListedPasskey, listPasskeys } from '../passkeys/own-passkeys'
import { findPasskeySite } from '../passkeys/passkey-site'
import { needsProof } from '../second-factor/proof'
import { countRecoveryCodes } from '../second-factor/recovery-codes'
import { requirePerson } from './require-person'

/** How a person signs in. */
export type Account = {
  hasPassword: boolean
  /** Codes of an authenticator app. */
  secondFactor: { confirmedAt: Date; recoveryCodesLeft: number } | null
  passkeys: ListedPasskey[]
  passkeysAvailable: boolean
  isSecondFactorRequired: boolean
  /** Whether changes of how they sign in ask for a password or a code now. */
  needsProof: boolean
}

/** The actor's own account. @throws AppError `unauthenticated` */
export async function getAccount(ctx: Context, headers: Headers): Promise<Account> {
  const { id: userId } = requirePerson(ctx)
  const [accounts, factor, recoveryCodesLeft, passkeys, isStale, organization] = await Promise.all([
    ctx.db.account.count({ where: { userId, providerId: 'credential', password: { not: null } } }),
    ctx.db.secondFactor.findUnique({ where: { userId }, select: { confirmedAt: true } }),
    countRecoveryCodes(ctx.db, userId),
    listPasskeys(ctx),
    needsProof(ctx),
    ctx.db.organization.findUnique({ where: { id: ctx.organizationId ?? '' } }),
  ])
  return {
    hasPassword: accounts > 0,
    secondFactor: factor?.confirmedAt ? { confirmedAt: factor.confirmedAt, recoveryCodesLeft } : null,
    passkeys,
    passkeysAvailable: findPasskeySite(headers) !== null,
    isSecondFactorRequired: organization?.requiresSecondFactor ?? false,
    needsProof: isStale,
  }
}

/** Changes the actor's own name. @throws AppError `unauthenticated` */
export async function renameSelf(ctx: Context, input: z.input<typeof AccountPatch>): Promise<void> {
  const { id } = requirePerson(ctx)
  const { name } = AccountPatch.parse(input)
  await inTransaction(ctx, async (tx) => {
    await holdPerson(tx, id)
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: { name: true } })
    if (before.name === name) {
      recordNothing(ctx)
      return
    }
    await tx.user.update({ where: { id }, data: { name } })
    await record(tx, ctx, { action: 'member.updated', target: { kind: 'user', id, name }, before, after: { name } })
  })
}
