import { issueAccessToken } from '@/lib/services/access-token/issue-access-token'
import { record } from '@/lib/services/audit/record'
import type { Actor } from '@/lib/services/context'
import { frozenCheck, refusedBy } from '@/lib/services/login/freeze'
import { recordDecision } from '@/lib/services/login/record-decision'
import type { Check } from '@/lib/trust/engine/verdict'
import { verify } from '@/lib/trust/engine/verify'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { Collector } from './context'
import type { Enrolled } from './history'
import { type DemoKey, mint } from './issuer'
import type { Mishap } from './machine'
import type { People } from './people'
import type { Random } from './random'

/** One login that was tried. */
export type Attempt = {
  who: Enrolled
  at: Date
  token: string
  ip: string
  userAgent: string
  /** What the key source answered then, if not its keys. */
  keySet?: KeySet
  /** What refuses it although the rules of its trust do not. */
  refusedBy?: Check
}

/** What a machine sends at a moment: usually a good token, now and then one with a mishap. */
export async function attemptOf(
  who: Enrolled,
  at: Date,
  { random, daysAgo, stranger }: { random: Random; daysAgo: number; stranger: DemoKey },
): Promise<Attempt> {
  const { machine } = who
  const now = Math.floor(at.getTime() / 1000)
  const mishap = pickMishap(machine.mishaps, random)
  const key = mishap?.stranger ? stranger : (machine.signsWith?.(daysAgo) ?? machine.issuer.keys[0])
  const issuedAt = now - random.between(1, 8)
  const times =
    machine.lifeSeconds === null ? {} : { iat: issuedAt, nbf: issuedAt, exp: issuedAt + machine.lifeSeconds }
  const jti = `${who.identity.name}-${now.toString(36)}`
  const claims = {
    iss: machine.issuer.url,
    ...times,
    jti,
    ...machine.claims(random, daysAgo),
    ...mishap?.claims?.(now),
  }
  // Drawn before anything is awaited, so that many attempts made at once still draw in the same order.
  const ip = random.pick(machine.ips)
  return { who, at, token: await mint({ key, claims }), ip, userAgent: machine.userAgent }
}

function pickMishap(mishaps: Mishap[], random: Random): Mishap | undefined {
  const drawn = random.next()
  let sum = 0
  return mishaps.find(({ chance }) => {
    sum += chance
    return drawn < sum
  })
}

/**
 * Judges an attempt with the engine, against the trust as it was then, and keeps the decision, and the access token of an
 * accepted one, as a login does.
 */
export async function judge(rows: Collector, people: People, attempt: Attempt): Promise<{ accepted: boolean }> {
  const { who, at, token, ip, userAgent } = attempt
  const { machine, identity, versions } = who
  const trust = versions.findLast(({ updatedAt, createdAt, version }) => (version === 1 ? createdAt : updatedAt) <= at)
  if (!trust) return { accepted: false }
  const { method } = machine.attachment
  const ctx = people.at({ at, ip, userAgent, keySet: attempt.keySet ?? machine.issuer.keySet })
  const judged = await verify({
    token,
    trust,
    keys: (source, wanted) => ctx.keys.get(source, wanted),
    now: at.getTime() / 1000,
    ip,
  })
  const refusal = attempt.refusedBy ?? (who.frozenAt && at >= who.frozenAt ? frozenCheck : null)
  const verdict = judged.accepted && refusal ? refusedBy(judged, refusal) : judged
  const { organizationId } = people
  const decision = { organizationId, identity, trust, method, token, verdict }
  if (!verdict.accepted) {
    await recordDecision(rows.tx, ctx, decision)
    return { accepted: false }
  }
  const { grant } = trust
  const bought = { organizationId, identity, method, grant, trustId: trust.id }
  const { issued, row } = await issueAccessToken(ctx, bought)
  await rows.tx.accessToken.create({ data: row })
  await recordDecision(rows.tx, ctx, { ...decision, accessTokenId: issued.id })
  return { accepted: true }
}

/** Tokens are used, and a few revoked: by their holders, or by hand. Nothing happens before its time, or after now. */
export async function useTokens(rows: Collector, people: People, enrolled: Enrolled[], random: Random, now: Date) {
  const names = new Map(enrolled.map(({ identity }) => [identity.id, identity.name]))
  for (const row of rows.accessTokens) {
    const [created, ends] = [toDate(row.createdAt), toDate(row.expiresAt)]
    const used = created.getTime() + random.between(5, 400) * 1000
    const lastUsedAt = new Date(Math.min(used, ends.getTime(), now.getTime()))
    const uses = random.between(1, row.usesMax ? Math.min(row.usesMax, 40) : 40)
    Object.assign(row, { uses, lastUsedAt, revokedAt: null })
    const at = new Date(lastUsedAt.getTime() + 1000)
    if (!random.chance(0.012) || at >= now || at >= ends) continue
    Object.assign(row, { revokedAt: at })
    const actor: Actor = random.chance(0.4) ? people.actors.member : { kind: 'anonymous' }
    await record(rows.tx, people.at({ at, actor, ip: '203.0.113.8' }), {
      action: 'access-token.revoked',
      organizationId: people.organizationId,
      target: { kind: 'access-token', id: row.id, name: names.get(row.identityId ?? '') ?? '' },
    })
  }
}

const toDate = (value: Date | string) => new Date(value)
