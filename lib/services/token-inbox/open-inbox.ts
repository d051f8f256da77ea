import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { inboxSeconds, type OpenedInboxAnswer } from '@/lib/model/token-inbox'
import { jsonText } from '@/lib/trust/json/json-text'
import { isRemote } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { requireActor } from '../access'
import { attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { newSecret } from '../sign-in/sign-in-secret'
import { inboxTarget, toInbox } from './inbox-row'

const openings = attempts('inboxes opened by you', { name: 'token-inbox', points: 30, seconds: 600 })

/** Inboxes of one owner at a time; the oldest goes when one more is opened. */
const inboxesMax = 5

/**
 * Opens an inbox for one token, which takes it within ten minutes and judges it by a draft. For those who may change trusts:
 * the keys of the draft are fetched when the token comes.
 * @throws AppError `forbidden`, `too-many`
 */
export async function openInbox(ctx: Context, policy: JudgedPolicy): Promise<OpenedInboxAnswer> {
  const secret = newSecret()
  const secretHash = await sha256Hex(secret)
  await openings.count(requireActor(ctx).id)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const owner = { organizationId: ctx.organizationId, ownerId: requireActor(ctx).id }
    await makeRoom(tx, owner)
    const createdAt = ctx.now()
    const expiresAt = new Date(createdAt.getTime() + inboxSeconds * 1000)
    const row = await tx.tokenInbox.create({
      data: { id: newId(), ...owner, secretHash, policy: jsonText(policy), createdAt, expiresAt },
    })
    const keySources = policy.keys.filter(isRemote).map(({ url }) => url)
    await record(tx, ctx, {
      action: 'token-inbox.opened',
      target: inboxTarget(row),
      after: { expiresAt, issuer: policy.issuer, keySources },
    })
    return { ...toInbox(row), secret }
  })
}

async function makeRoom(tx: Tx, owner: { organizationId: string; ownerId: string }) {
  const kept = await tx.tokenInbox.findMany({
    where: owner,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: inboxesMax - 1,
    select: { id: true },
  })
  await tx.tokenInbox.deleteMany({ where: { ...owner, id: { notIn: kept.map(({ id }) => id) } } })
}
