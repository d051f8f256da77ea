import type { ThreadSubject } from '@/lib/analysis-thread/jobs'
import { env } from '@/lib/env'
import type { JsonObject } from '@/lib/trust/json/json'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { JudgedPolicy, Seen, SourceKeys } from '@/lib/trust/posture/subject'
import { canAccess, toRole } from '@/lib/trust/role'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { seenOf, toSeen } from './seen'
import { sourceKeysOf } from './source-keys'

/** What judging a stored trust needs from outside. Keys are never fetched for it. */
export type Judging = Pick<Context, 'db' | 'now'>

/** A trust that is not stored, with what is known of this installation. */
export const subjectOfDraft = (policy: JudgedPolicy, now: Date, sample?: JsonObject): ThreadSubject => ({
  policy,
  ...(sample ? { sample } : {}),
  now: Math.floor(now.getTime() / 1000),
  ownAudience: env().PUBLIC_URL,
})

/** The identity that a trust belongs to; null = none. */
export type Behind = { role: string; lastLoginAt: Date | null } | null

/** Beside a trust: a token of its job, and a change of it that is judged in its place. */
export type Beside = { sample?: JsonObject | undefined; policy?: JudgedPolicy | undefined }

/** A stored trust, with what is recorded of it. */
export async function subjectOfTrust(
  judging: Judging,
  trust: Trust,
  { sample, policy = trust }: Beside = {},
): Promise<ThreadSubject> {
  const { db } = judging
  const identity = trust.identityId
    ? await db.identity.findUnique({ where: { id: trust.identityId }, select: { role: true, lastLoginAt: true } })
    : null
  const [keysInEffect = []] = await sourceKeysOf(db, [policy])
  const [seen] = await seenOfAll(db, [{ trust, identity }])
  return subjectOf(judging, { trust, identity }, { sample, policy, keysInEffect, seen })
}

/** Stored trusts, with what is recorded of them. */
export async function subjectsOfTrusts(judging: Judging, trusts: Stored[]): Promise<ThreadSubject[]> {
  const keys = await sourceKeysOf(
    judging.db,
    trusts.map(({ trust }) => trust),
  )
  const seen = await seenOfAll(judging.db, trusts)
  return trusts.map((one, at) =>
    subjectOf(judging, one, { policy: one.trust, keysInEffect: keys[at] ?? [], seen: seen[at] }),
  )
}

/** What was seen of each, in their order. */
async function seenOfAll(db: Judging['db'], trusts: readonly Stored[]): Promise<Seen[]> {
  const all = trusts.map(({ trust, identity }) => ({
    ...{ trust, preset: presetOfTrust(trust) },
    hasLogins: identity === null || identity.lastLoginAt !== null,
  }))
  const seen = await seenOf(
    db,
    all.filter(({ hasLogins }) => hasLogins),
  )
  return all.map(({ preset, hasLogins }) => (hasLogins && seen.shift()) || toSeen([], preset))
}

type Stored = { trust: Trust; identity: Behind }
type Known = {
  policy: JudgedPolicy
  keysInEffect: SourceKeys[]
  seen: Seen | undefined
  sample?: JsonObject | undefined
}

function subjectOf(
  { now }: Pick<Judging, 'now'>,
  { trust, identity }: Stored,
  { sample, policy, keysInEffect, seen }: Known,
): ThreadSubject {
  return {
    ...subjectOfDraft(policy, now(), sample),
    createdAt: Math.floor(trust.createdAt.getTime() / 1000),
    ...(seen ? { seen } : {}),
    ...(keysInEffect.length > 0 ? { keysInEffect } : {}),
    ...(identity ? { access: canAccess(toRole(identity.role), 'write') ? 'write' : 'read' } : {}),
  }
}
