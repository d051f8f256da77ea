import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import { jwkMember, kidOf } from '@/lib/trust/keys/jwk'
import { inspectJwk } from '@/lib/trust/keys/public-key'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { canAccess } from '@/lib/trust/role'
import { requireAccess, requireActor } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { isSourceNamedBy } from '../key-source/sources-in-use'

/** A key as a form lists it: what it is, or why it cannot be used. */
export type InspectedKey = {
  kid: string | null
  alg: string | null
  use: string | null
  label: string | null
  fingerprint: string | null
  problem: string | null
}

export type KeyLookup = FetchedKeys & { inspected: InspectedKey[] }

/**
 * The keys of a source, for the form and the browser's tester: the server fetches, nothing of the token leaves the browser.
 * Who may write may ask any source; who may only read, those that a trust already names, and never by a fetch made for it.
 * @param how `fresh`: fetch now, whatever is cached · `isKeyMissing`: fetch if a login with a token that no known key verifies would
 */
export async function lookUpKeys(
  ctx: Context,
  source: RemoteKeySource,
  { fresh, isKeyMissing }: { fresh: boolean; isKeyMissing: boolean },
): Promise<KeyLookup> {
  const { organizationId, role } = requireAccess(ctx, 'read')
  if (fresh) requireAccess(ctx, 'write')
  if (!canAccess(role, 'write')) await requireStored(ctx, organizationId, source)
  await recordLookup(ctx, source, fresh)
  const fetched = fresh ? await ctx.keys.refresh(source) : await cached(ctx, source, isKeyMissing)
  return { ...fetched, inspected: await inspect(fetched) }
}

/** How long one entry counts for all lookups of one actor at one source: a form asks at every change. */
const lookupMinutes = 10

/** On record before anything is asked, whatever comes of it. */
export async function recordLookup(ctx: Context, source: RemoteKeySource, fresh: boolean) {
  const targetId = keySourceId(source)
  const since = new Date(ctx.now().getTime() - lookupMinutes * 60_000)
  const known = { action: 'key-source.looked-up', targetId, actorId: requireActor(ctx).id, at: { gte: since } }
  if (!fresh && (await ctx.db.auditEntry.findFirst({ where: known, select: { id: true } }))) return recordNothing(ctx)
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'key-source.looked-up',
      target: { kind: 'key-source', id: targetId, name: source.url },
      after: { kind: source.kind, url: source.url, fresh },
    }),
  )
}

async function cached(ctx: Context, source: RemoteKeySource, again: boolean): Promise<FetchedKeys> {
  const since = performance.now()
  return { keySet: await ctx.keys.get(source, { again, since }), cacheSeconds: 0, latencyMs: 0 }
}

async function inspect({ keySet }: FetchedKeys): Promise<InspectedKey[]> {
  return Promise.all(
    (keySet.keys ?? []).map(async (jwk) => {
      const inspected = await inspectJwk(jwk)
      return {
        kid: kidOf(jwk),
        alg: text(jwkMember(jwk, 'alg')),
        use: text(jwkMember(jwk, 'use')),
        label: inspected.ok ? inspected.key.label : null,
        fingerprint: inspected.ok ? inspected.key.fingerprint : null,
        problem: inspected.ok ? null : inspected.message,
      }
    }),
  )
}

const text = (member: unknown) => (typeof member === 'string' ? member : null)

async function requireStored(ctx: Context, organizationId: string, source: RemoteKeySource) {
  if (await isSourceNamedBy(ctx.db, organizationId, keySourceId(source))) return
  throw new AppError('forbidden', 'Your role may look up only key sources that a trust already uses.')
}
