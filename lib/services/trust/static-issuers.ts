import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { newId } from '@/lib/ids'
import { perProcess } from '@/lib/per-process'
import { issuer } from '@/lib/trust/kinds'
import { toPublished } from '@/lib/trust/published-trust'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import type { AuditRecord } from '../audit/actions'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdOrganization } from '../in-organization'
import { controlColumns } from './control'
import { nextSequence } from './next-sequence'
import { requireProjectOf } from './project'
import { changeTrust, deleteTrust, insertTrust } from './trust-rows'

/** The issuers that the operator configured, and how to know one in the database. */
export type StaticIssuers = {
  issuers: z.input<typeof TrustDraft>[]
  isStatic(trust: Trust): boolean
}

/** Keeps them for this process: an organization made later gets them too. */
export function holdStaticIssuers(issuers: StaticIssuers): void {
  held.value = issuers
}

const held = perProcess<StaticIssuers>('static-issuers')

/**
 * Makes the oldest organization's static issuers what was configured, in one transaction, audited as the system's act.
 * Nothing happens while there is no organization: first-run setup calls `enterStaticIssuers`.
 */
export async function synchroniseStaticIssuers(ctx: Context): Promise<void> {
  const organization = await ctx.db.organization.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  if (!organization) return
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(ctx, (tx) => enterStaticIssuers(tx, ctx, organization.id))
    } catch (error) {
      // Another server that started at the same moment entered one first.
      if (attempt === 5 || !isTaken(error)) throw error
    }
  }
}

/**
 * Enters what was configured into an organization. One that was made through an API under the same `iss` becomes static;
 * a static one that is configured no longer is removed, with every access token bought through it.
 */
export async function enterStaticIssuers(tx: Tx, ctx: Context, organizationId: string): Promise<void> {
  const configured = held.value
  if (!configured) return
  await holdOrganization(tx, organizationId)
  const rows = await tx.trust.findMany({ where: { organizationId, kind: issuer.kind } })
  const stored = new Map(rows.map((row) => [row.soleIssuer, toTrust(row)]))
  const act: Act = { tx, ctx, organizationId }
  for (const draft of configured.issuers) {
    const wanted = TrustDraft.parse(draft)
    const before = stored.get(wanted.issuer)
    stored.delete(wanted.issuer)
    if (before) await change(act, before, wanted)
    else await create(act, wanted)
  }
  for (const left of stored.values()) if (configured.isStatic(left)) await remove(act, left)
}

type Act = { tx: Tx; ctx: Context; organizationId: string }

async function create({ tx, ctx, organizationId }: Act, draft: TrustDraft) {
  const projectId = await requireProjectOf(tx, asSystem(ctx), organizationId, draft)
  const times = { createdAt: ctx.now(), updatedAt: ctx.now() }
  const control = controlColumns(asSystem(ctx))
  const data = { id: newId(), organizationId, projectId, ...toTrustColumns(draft), ...control, ...times }
  const after = toTrust(await insertTrust(tx, data, asSystem(ctx)))
  await audit({ tx, ctx, organizationId }, after, { action: 'trust.created', after: toPublished(after) })
}

async function change({ tx, ctx, organizationId }: Act, before: Trust, draft: TrustDraft) {
  const columns = toTrustColumns(draft)
  if (JSON.stringify(columns) === JSON.stringify(toTrustColumns(before))) return
  const projectId = await requireProjectOf(tx, asSystem(ctx), organizationId, draft)
  const data = {
    ...columns,
    ...controlColumns(asSystem(ctx)),
    projectId,
    version: before.version + 1,
    updatedAt: ctx.now(),
  }
  const after = toTrust(await changeTrust(tx, before.id, data, asSystem(ctx)))
  await audit({ tx, ctx, organizationId }, after, {
    action: 'trust.updated',
    before: toPublished(before),
    after: toPublished(after),
  })
}

async function remove({ tx, ctx, organizationId }: Act, before: Trust) {
  const tokensEnded = await tx.accessToken.count({ where: { trustId: before.id, revokedAt: null } })
  await deleteTrust(tx, before.id)
  await audit({ tx, ctx, organizationId }, before, {
    action: 'trust.deleted',
    before: toPublished(before),
    after: { tokensEnded },
  })
}

async function audit({ tx, ctx, organizationId }: Act, { id, name }: Trust, act: AuditRecord) {
  // Every process reads the trusts again once the organization's counter has changed.
  await nextSequence(tx, organizationId)
  await record(tx, asSystem(ctx), { ...act, organizationId, target: { kind: 'trust', id, name } })
}

/** The operator's file is what decides, whatever request enters it. */
const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'Static issuers' } })
