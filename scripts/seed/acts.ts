import type { Db } from '@/lib/db/client'
import { newId, newRequestId } from '@/lib/ids'
import { revokeAccessToken } from '@/lib/services/access-token/revoke-access-token'
import { attachTokenAuth, createToken, removeTokenAuth } from '@/lib/services/access-token/token-auth'
import { record } from '@/lib/services/audit/record'
import { updateIdentity } from '@/lib/services/identity/update-identity'
import { setOrganizationSettings } from '@/lib/services/organization/settings'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { Trust } from '@/lib/trust/trust'
import { collector } from '../demo/context'
import { labels } from '../demo/machine'
import type { People } from '../demo/people'
import type { Random } from '../demo/random'
import type { Columns } from './bulk-writer'
import type { Made } from './rows'

/** A person whose acts are on record. */
export type Person = { id: string; name: string; email: string }

/** Has the services act on an identity and its trust once in each way, and returns the audit entries that they wrote. */
export async function recordedActs(db: Db, { at, actors }: People, trust: Trust, identityId: string) {
  const requestIds: string[] = []
  const act = () => {
    const ctx = at({ at: new Date(), actor: actors.admin })
    requestIds.push(ctx.requestId)
    return ctx
  }
  const { grant } = trust
  const shorter = { ...grant, ttlSeconds: Math.ceil(grant.ttlSeconds / 2) }
  for (const changed of [shorter, grant]) {
    await updateTrust(act(), { identityId, kind: trust.kind }, (before) => ({ ...before, grant: changed }))
  }
  const { metadata } = await updateIdentity(act(), identityId, { metadata: labels({ runbook: 'RB-114' }) })
  await updateIdentity(act(), identityId, { metadata: [...metadata, ...labels({ team: 'platform' })] })
  await attachTokenAuth(act(), identityId, { ttlSeconds: 86_400, ttlSecondsMax: 86_400 })
  const { id } = await createToken(act(), identityId, 'collector')
  await revokeAccessToken(act(), id)
  await removeTokenAuth(act(), identityId)
  for (const reviewIntervalDays of [90, null]) await setOrganizationSettings(act(), { reviewIntervalDays })
  const acts: Columns[] = await db.auditEntry.findMany({ where: { requestId: { in: requestIds } } })
  return acts
}

/** Counts the changes of each trust, so that each entry follows the one before it. */
export type Versions = Map<string, number>

/** An act that was recorded of a prototype, as one of a person on another identity. */
export function actRow(template: Columns, made: Made, by: Person, at: Date, random: Random, versions: Versions) {
  const { identity, trust } = made.prototype
  const renamed = (text: unknown) =>
    typeof text !== 'string'
      ? null
      : text
          .replaceAll(String(identity.id), made.id)
          .replaceAll(String(trust.id), made.trustId)
          .replaceAll(JSON.stringify(identity.name), JSON.stringify(made.name))
  const isOfTrust = template.action === 'trust.updated'
  const version = versions.get(made.trustId) ?? 1
  if (isOfTrust) versions.set(made.trustId, version + 1)
  const numbered = (text: string | null, number: number) =>
    isOfTrust && text !== null ? text.replace(/"version":\d+/, `"version":${number}`) : text
  return {
    ...template,
    ...{ id: newId(), at, requestId: newRequestId(), ...actorOf(by), ...seenFrom(random) },
    // Each token is one of its own.
    targetId: template.targetKind === 'access-token' ? newId() : renamed(template.targetId),
    targetName: template.targetName === identity.name ? made.name : template.targetName,
    before: numbered(renamed(template.before), version),
    after: numbered(renamed(template.after), version + 1),
  }
}

/** A person signing in, signing out or failing to, as the services record it. */
export async function sessionRow(people: People, by: Person, at: Date, random: Random): Promise<Columns> {
  const rows = collector()
  const target = { kind: 'user', id: by.id, name: by.name }
  const action = random.chance(0.08) ? 'session.refused' : random.chance(0.6) ? 'session.started' : 'session.ended'
  const after = { email: by.email }
  const { organizationId } = people
  const ctx = people.at({ at, ...seenFrom(random) })
  if (action === 'session.ended') await record(rows.tx, ctx, { action, organizationId, target })
  else await record(rows.tx, ctx, { action, organizationId, target, after })
  const [row] = rows.auditEntries
  return { ...row, ...(action === 'session.ended' ? actorOf(by) : {}) }
}

const actorOf = ({ id, name }: Person) => ({ actorKind: 'user', actorId: id, actorName: name })

const seenFrom = (random: Random) => ({ ip: `203.0.113.${random.between(1, 40)}`, userAgent })

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
