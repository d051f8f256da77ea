import { createHash } from 'node:crypto'
import { unsealedDecision } from '@/lib/db/evidence/unsealed'
import { newId, newRequestId } from '@/lib/ids'
import type { Random } from '../demo/random'
import type { Columns } from './bulk-writer'
import type { Prototype } from './prototypes'

/** An identity that was made from a prototype. */
export type Made = { id: string; name: string; trustId: string; prototype: Prototype }

const teams = ['payments', 'storefront', 'search', 'billing', 'mobile', 'platform', 'data', 'docs'] as const
const refusedShare = 0.06
const dayMs = 24 * 3600 * 1000

/** The nth identity. Names sort differently from how they were made. */
export function madeFrom(prototypes: readonly Prototype[], at: number): Made {
  const prototype = prototypes[at % prototypes.length]
  if (!prototype) throw new Error('There is no prototype to copy.')
  const team = teams[(at * 5) % teams.length]
  return { id: newId(), name: `${team}-${prototype.identity.name}-${at}`, trustId: newId(), prototype }
}

/** The rows of an identity: itself, its trust, the sources its keys come from, and that an admin made them. */
export function identityRows({ id, name, trustId, prototype }: Made, createdAt: Date, lastLoginAt: Date | null) {
  const { identity, trust, keySources, audit } = prototype
  const times = { createdAt, updatedAt: createdAt }
  const renamed = (text: unknown) =>
    typeof text !== 'string'
      ? text
      : text
          .replaceAll(String(identity.id), id)
          .replaceAll(String(trust.id), trustId)
          .replaceAll(JSON.stringify(identity.name), JSON.stringify(name))
  return {
    identity: { ...identity, ...times, id, name, lastLoginAt, lastLoginMethod: lastLoginAt ? trust.kind : null },
    trust: { ...trust, ...times, id: trustId, identityId: id, name, sequence: null },
    keySources: keySources.map((row) => ({ ...row, trustId, name })),
    audit: audit.map((row) => ({
      ...row,
      ...{ id: newId(), at: createdAt, requestId: newRequestId() },
      ...{ targetId: renamed(row.targetId), targetName: row.targetName === identity.name ? name : row.targetName },
      ...{ before: renamed(row.before), after: renamed(row.after) },
    })),
  }
}

/** A login at a moment: its decision and, where it was accepted, its access token. */
export function loginRows({ id, name, trustId, prototype }: Made, at: Date, random: Random) {
  const { accepted, refused, accessToken } = prototype
  const isRefused = refused.length > 0 && random.chance(refusedShare)
  const templates = isRefused ? refused : accepted
  const template = templates[random.between(0, templates.length - 1)] ?? {}
  const requestId = newRequestId()
  const accessTokenId = isRefused ? null : newId()
  const decision: Columns = {
    ...template,
    ...{ id: requestId, at, identityId: id, identityName: name, trustId, accessTokenId },
    ...{ ip: `192.0.2.${random.between(1, 254)}`, tokenSha256: createHash('sha256').update(requestId).digest('hex') },
  }
  if (accessTokenId === null) return { decision, accessToken: null }
  // As long as the template's, from this moment on.
  const shift = at.getTime() - timeOf(accessToken.createdAt)
  const moved = (value: unknown) => new Date(timeOf(value) + shift)
  const token: Columns = {
    ...accessToken,
    ...{ id: accessTokenId, identityId: id, trustId, createdAt: at },
    ...{ expiresAt: moved(accessToken.expiresAt), maxExpiresAt: moved(accessToken.maxExpiresAt) },
  }
  return { decision, accessToken: token }
}

/**
 * The notes by which a server puts refused logins in the evidence log as new, and so groups them in incidents. It takes up all other records as
 * older than the log, and those are in no incident.
 */
export const refusalNotes = (decisions: readonly Columns[]): Columns[] =>
  decisions.filter(({ accepted }) => accepted === false).map((row) => ({ ...unsealedDecision(row as DecisionRow) }))

type DecisionRow = Parameters<typeof unsealedDecision>[0]

const timeOf = (value: unknown) => (value instanceof Date ? value : new Date(String(value))).getTime()

/** Of all identities, those that have ever logged in. */
export const activeShare = 0.8

/** The identity of a login: few log in often, most seldom, and some never. Half of all logins are those of an eighth. */
export const busyIdentity = (count: number, random: Random) => Math.floor(activeShare * count * random.next() ** 2.6)

/** Counts logins by the columns of a day. */
export function dayCounter(organizationId: string) {
  const counts = new Map<string, { day: Columns; count: number }>()
  return {
    add({ at, method, accepted, reason }: Columns) {
      const day = { day: new Date(timeOf(at)).toISOString().slice(0, 10), method, accepted, reason: reason ?? '' }
      const key = JSON.stringify(day)
      const known = counts.get(key) ?? { day, count: 0 }
      counts.set(key, { ...known, count: known.count + 1 })
    },
    rows: (): Columns[] => [...counts.values()].map(({ day, count }) => ({ organizationId, ...day, count })),
  }
}

/** Whether an access token would still be listed after so many days. */
export const isListed = (token: Columns, now: Date, keptDays: number) =>
  timeOf(token.expiresAt) > now.getTime() - keptDays * dayMs
