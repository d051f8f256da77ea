import { z } from 'zod'
import { algorithms } from '@/lib/trust/algorithms'
import { Grant } from '@/lib/trust/grant'
import { jsonText } from '@/lib/trust/json/json-text'
import { definitionOf, type Kind, type KindPart, kinds, withKind } from '@/lib/trust/kinds'
import { unresolvableUrl } from '@/lib/trust/kinds/kind'
import { clockSkewSecondsUsual, type KeySource, KeyUse, Lifetime } from '@/lib/trust/policy'
import { type Trust, type TrustDraft, TrustFields } from '@/lib/trust/trust'
import { fits, readStored, type Stored } from './stored-json'

const KindName = z.enum(kinds.kinds)

/** The columns of a trust that hold what a draft holds. Ids, version and times are the caller's. */
export function toTrustColumns(draft: TrustDraft) {
  // Every part of a draft has a column: one that is missing here does not compile.
  return {
    identityId: draft.identityId,
    kind: draft.kind,
    name: draft.name,
    enabled: draft.enabled,
    issuer: draft.issuer,
    soleIssuer: definitionOf(draft.kind).isFoundByIssuer ? draft.issuer : null,
    keys: jsonText(draft.keys),
    keyUse: jsonText(draft.keyUse ?? {}),
    algorithms: jsonText(draft.algorithms),
    rules: jsonText(draft.rules),
    lifetime: jsonText(draft.lifetime),
    grant: jsonText(draft.grant),
    options: jsonText(draft.options),
  } satisfies { [Part in keyof TrustDraft]-?: unknown } & { soleIssuer: string | null }
}

type TrustRow = ReturnType<typeof toTrustColumns> & {
  id: string
  organizationId: string
  version: number
  sequence?: string | null
  createdAt: Date
  updatedAt: Date
}

/**
 * A row as the domain knows it. A column that cannot be read is named in `unreadable` and has a stand-in: such a trust is listed,
 * replaced and removed like any other, and refuses every token.
 */
export function toTrust(row: Omit<TrustRow, 'kind'> & { kind: string }): Trust {
  const unreadable: string[] = []
  const read = <Value>(column: string, stored: Stored<Value>, standIn: Value): Value => {
    if (stored.readable) return stored.value
    unreadable.push(column)
    return standIn
  }
  const { shape } = TrustFields
  const kind = read('kind', fits(row.kind, KindName), likelyKind(row))
  const { options, standInOptions, defaults } = definitionOf(kind)
  const trust: Trust = {
    id: row.id,
    organizationId: row.organizationId,
    identityId: row.identityId,
    ...withKind(kind, read('options', readStored(row.options, options), standInOptions)),
    name: read('name', fits(row.name, shape.name), '(unreadable)'),
    enabled: row.enabled,
    version: row.version,
    sequence: read('sequence', fits(row.sequence, shape.sequence), null),
    issuer: read('issuer', fits(row.issuer, shape.issuer), null),
    keys: read('keys', readStored(row.keys, shape.keys), [standInKeys(kind)]),
    algorithms: read('algorithms', readStored(row.algorithms, shape.algorithms), [...algorithms]),
    rules: read('rules', readStored(row.rules, shape.rules), [...defaults.rules]),
    lifetime: read('lifetime', readStored(row.lifetime, StoredLifetime), defaults.lifetime),
    grant: read('grant', readStored(row.grant, Grant), unusableGrant),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
  if (row.keyUse !== '{}') trust.keyUse = read('keyUse', readStored(row.keyUse, KeyUse), KeyUse.parse({}))
  return unreadable.length > 0 ? { ...trust, unreadable } : trust
}

/** What a row of an unknown kind most likely was. */
function likelyKind({ identityId, soleIssuer }: Pick<TrustRow, 'identityId' | 'soleIssuer'>): Kind {
  if (identityId !== null) return 'jwt'
  return soleIssuer === null ? 'sign-in' : 'issuer'
}

/** The options of a trust, from two of its columns; null where they cannot be read. */
export function storedKindPart(kind: string, options: string): KindPart | null {
  const known = fits(kind, KindName)
  if (!known.readable) return null
  const stored = readStored(options, definitionOf(known.value).options)
  return stored.readable ? withKind(known.value, stored.value) : null
}

const standInKeys = (kind: Kind): KeySource => ({
  kind: definitionOf(kind).keySource,
  url: unresolvableUrl,
  caCert: '',
})

/** In the place of a grant that cannot be read: good for one second, one use and no caller. */
export const unusableGrant: Grant = Grant.parse({
  ...{ ttlSeconds: 1, ttlSecondsMax: 1, usesMax: 1 },
  trustedIps: ['255.255.255.255/32'],
})

/**
 * Rows of versions that had one skew for everything. One that was set goes on to hold for `exp` as well; 0 was the default and
 * could not be said by every API, so it becomes the default of now.
 */
function lifetimeOf(stored: unknown): unknown {
  const { data: old } = OneSkew.safeParse(stored)
  if (!old) return stored
  const { clockSkewSeconds: skew } = old
  return skew === 0
    ? { ...old, clockSkewSeconds: clockSkewSecondsUsual, expirySkewSeconds: 0 }
    : { ...old, expirySkewSeconds: skew }
}

const StoredLifetime = z.preprocess(lifetimeOf, Lifetime)

const OneSkew = z.looseObject({ clockSkewSeconds: z.number(), expirySkewSeconds: z.undefined().optional() })
