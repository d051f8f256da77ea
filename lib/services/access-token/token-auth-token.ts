import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { toRole } from '@/lib/trust/role'
import { requireAccess, requireRank } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'

/** The name of a token; answered as it was sent. */
export const TokenName = z.string().max(200)

/** A token that was issued without a login, by its id; never its text. @throws AppError `not-found` */
export async function getTokenAuthToken(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  return findTokenIn(ctx.db, organizationId, id)
}

/** Gives such a token another name; undefined keeps it. @throws AppError `not-found`, `forbidden` (rank) */
export async function renameTokenAuthToken(ctx: Context, id: string, name: string | undefined) {
  requireAccess(ctx, 'write')
  const wanted = TokenName.optional().parse(name)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const before = await findTokenIn(tx, ctx.organizationId, id)
    requireRank(ctx, toRole(before.identity.role), 'rename tokens of an identity')
    if (wanted === undefined || wanted === before.name) {
      recordNothing(ctx)
      return before
    }
    await tx.accessToken.update({ where: { id }, data: { name: wanted } })
    await record(tx, ctx, {
      action: 'access-token.renamed',
      target: { kind: 'access-token', id, name: wanted || before.identity.name },
      before: { name: before.name },
      after: { name: wanted },
    })
    return { ...before, name: wanted }
  })
}

async function findTokenIn(db: Pick<Tx, 'accessToken'>, organizationId: string, id: string) {
  const row = isId(id)
    ? await db.accessToken.findFirst({
        where: { id, organizationId, method: 'token' },
        include: { identity: { select: { id: true, name: true, role: true } } },
      })
    : null
  if (!row?.identity) throw notFound('There is no token of Token Auth with that id.')
  return { ...row, identity: row.identity }
}
