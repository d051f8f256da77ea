import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { newestLogins } from '@/lib/db/newest-logins'
import { storedOrNull } from '@/lib/db/stored-json'
import { findClaim, listClaims, stringsOf } from '@/lib/trust/claims'
import type { JsonObject } from '@/lib/trust/json/json'
import { holdsMask } from '@/lib/trust/mask-claims'
import type { Seen, SeenClaim, SuspiciousUse } from '@/lib/trust/posture/subject'
import type { Preset } from '@/lib/trust/presets/preset'
import type { Trust } from '@/lib/trust/trust'
import { inParts } from '../in-parts'
import { newest } from '../list-page'

/** Logins that are looked at, the newest; for a trust without an identity among so many of all its organization's. */
const [loginsMax, organizationLoginsMax] = [200, 500]
/** Claims of a token, and distinct values of one claim, that are kept. */
const [claimsMax, valuesMax, subjectsMax] = [60, 8, 50]

const select = {
  ...{ at: true, trustId: true, header: true, claims: true, tokenSha256: true, ip: true },
} as const

/** Trusts of one statement: each has hundreds of logins with their claims, which are in memory until its facts are. */
const trustsAtOnce = 20

/** Facts from the newest recorded logins of each of these trusts, in their order. Masked values are left out. */
export async function seenOf(db: Db, trusts: readonly { trust: Trust; preset: Preset | null }[]): Promise<Seen[]> {
  const seen = new Map<string, Seen>()
  const note = (rows: readonly StoredLogin[], ids: ReadonlySet<string>) => {
    const byTrust = new Map<string | null, StoredLogin[]>()
    for (const row of rows) {
      const known = byTrust.get(row.trustId)
      if (known) known.push(row)
      else byTrust.set(row.trustId, [row])
    }
    for (const { trust, preset } of trusts) {
      if (ids.has(trust.id)) seen.set(trust.id, toSeen(byTrust.get(trust.id) ?? [], preset))
    }
  }
  const ofIdentities = trusts.flatMap(({ trust: { id, identityId } }) => (identityId ? [{ id, identityId }] : []))
  for (const part of inParts(ofIdentities, trustsAtOnce)) {
    note(await newestLogins(db, part, loginsMax), new Set(part.map(({ id }) => id)))
  }
  const standalone = trusts.filter(({ trust }) => !trust.identityId).map(({ trust }) => trust)
  for (const organizationId of new Set(standalone.map((trust) => trust.organizationId))) {
    const own = standalone.filter((trust) => trust.organizationId === organizationId)
    note(await newestOfOrganization(db, organizationId), new Set(own.map(({ id }) => id)))
  }
  return trusts.map(({ trust, preset }) => seen.get(trust.id) ?? toSeen([], preset))
}

type StoredLogin = LoginRow & { trustId: string | null }

const newestOfOrganization = (db: Db, organizationId: string) =>
  db.decision.findMany({
    where: { organizationId, accepted: true },
    ...{ orderBy: newest, take: organizationLoginsMax, select },
  })

export type LoginRow = {
  at: Date
  header: string | null
  claims: string | null
  tokenSha256: string | null
  ip: string | null
}

/** The same of rows, newest first. */
export function toSeen(rows: readonly LoginRow[], preset: Preset | null): Seen {
  const logins = rows.map((row) => ({ ...row, claims: read(row.claims), header: read(row.header) }))
  const all = logins.map(({ claims }) => claims)
  const lives = all.flatMap(lifeOf)
  const oldest = rows.at(-1)
  return {
    accepted: rows.length,
    lastAcceptedAt: rows[0] ? seconds(rows[0].at) : null,
    ...(oldest ? { since: seconds(oldest.at) } : {}),
    ...(lives.length > 0 ? { life: { least: Math.min(...lives), greatest: Math.max(...lives) } } : {}),
    audiences: distinct(all.flatMap(({ aud }) => (aud === undefined ? [] : [stringsOf(aud)]))).slice(0, valuesMax),
    claims: claimsOf(logins),
    headerTypes: distinct(logins.flatMap(({ header }) => textsOf(header.typ))).slice(0, valuesMax),
    hasConfirmation: all.some((claims) => Object.hasOwn(claims, 'cnf')),
    subjects: subjectsOf(all, preset),
    names: namesOf(all, preset),
    suspicious: suspiciousOf(logins),
  }
}

type Login = Omit<LoginRow, 'claims' | 'header'> & { claims: JsonObject; header: JsonObject }

const Kept: z.ZodType<JsonObject> = z.record(z.string(), z.json())
const read = (text: string | null): JsonObject => storedOrNull(text, Kept) ?? {}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

/** `exp` − `iat`, else `exp` − `nbf`; seconds. */
function lifeOf({ exp, iat, nbf }: JsonObject): number[] {
  const from = typeof iat === 'number' ? iat : nbf
  return typeof exp === 'number' && typeof from === 'number' && exp > from ? [exp - from] : []
}

function claimsOf(logins: readonly Login[]): Record<string, SeenClaim> {
  const found = new Map<string, SeenClaim & { firstSeenAt: number; lastSeenAt: number }>()
  for (const { at, claims } of logins) {
    for (const { path, value } of listClaims(claims).slice(0, claimsMax)) {
      const texts = stringsOf(value).filter(isWhole)
      const known = found.get(path)
      if (!known && (found.size >= claimsMax || texts.length === 0)) continue
      const values = distinct([...(known?.values ?? []), ...texts])
      found.set(path, {
        values: values.slice(0, valuesMax),
        isComplete: (known?.isComplete ?? true) && values.length <= valuesMax,
        firstSeenAt: seconds(at),
        lastSeenAt: known?.lastSeenAt ?? seconds(at),
      })
    }
  }
  return Object.fromEntries(found)
}

/** Subjects with the id of the workload that came with them. */
function subjectsOf(all: readonly JsonObject[], preset: Preset | null): { sub: string; id: string | null }[] {
  const idClaim = preset?.claims.find((claim) => claim.class === 'id' && claim.role === 'workload')?.path
  const pairs = all.flatMap((claims) => {
    const id = idClaim === undefined ? undefined : textsOf(findClaim(claims, idClaim))[0]
    return textsOf(claims.sub).map((sub) => ({ sub, id: id ?? null }))
  })
  return distinct(pairs).slice(0, subjectsMax)
}

/** Names of owners and workloads with the id that the preset says belongs to them. An environment's name is not unique. */
function namesOf(all: readonly JsonObject[], preset: Preset | null): { name: string; id: string | null }[] {
  const named =
    preset?.claims.flatMap(({ path, id, role }) => (id === undefined || role === 'context' ? [] : [{ path, id }])) ?? []
  const pairs = all.flatMap((claims) =>
    named.flatMap(({ path, id }) =>
      textsOf(findClaim(claims, path)).map((name) => ({ name, id: textsOf(findClaim(claims, id))[0] ?? null })),
    ),
  )
  return distinct(pairs).slice(0, subjectsMax)
}

/** Share of its life after which a token that is used for the first time was probably kept somewhere. */
const lateShare = 0.8

function suspiciousOf(logins: readonly Login[]): SuspiciousUse[] {
  const byToken = new Map<string, Login[]>()
  for (const login of logins) {
    const { tokenSha256: digest } = login
    if (digest !== null) byToken.set(digest, [...(byToken.get(digest) ?? []), login])
  }
  const found = [...byToken].flatMap(([of, uses]): SuspiciousUse[] => {
    const addresses = distinct(uses.flatMap(({ ip }) => (ip === null ? [] : [ip])))
    const first = uses.at(-1)
    const late = first ? lateness(first) : null
    return [
      ...(addresses.length > 1
        ? [{ kind: 'two-addresses' as const, of, detail: `used from ${addresses.slice(0, 3).join(' and ')}` }]
        : []),
      ...(late ? [{ kind: 'late' as const, of, detail: late }] : []),
    ]
  })
  return found.slice(0, valuesMax)
}

function lateness({ at, claims }: Login): string | null {
  const { iat, exp } = claims
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp <= iat) return null
  const age = seconds(at) - iat
  return age > lateShare * (exp - iat) ? `first used ${age} s after it was made, of a life of ${exp - iat} s` : null
}

const textsOf = (value: JsonObject[string] | undefined): string[] =>
  value === undefined ? [] : stringsOf(value).filter(isWhole)

/** Records mask what names a person and cut long texts. */
const isWhole = (text: string) => !holdsMask(text)

function distinct<Value>(values: readonly Value[]): Value[] {
  const known = new Map(values.map((value) => [typeof value === 'string' ? value : JSON.stringify(value), value]))
  return [...known.values()]
}
