import { z } from 'zod'
import { Grant } from '@/lib/trust/grant'
import { issuerApi, issuerOptionsOf } from '@/lib/trust/issuer-options'
import { jsonText } from '@/lib/trust/json-text'
import { SignInOptions, signInApi, signInLifetime, signInOptionsOf, withSubject } from '@/lib/trust/sign-in-options'
import {
  algorithms,
  clockSkewSecondsUsual,
  type KeySource,
  KeyUse,
  Lifetime,
  Method,
  Trust,
  type TrustDraft,
} from '@/lib/trust/trust'
import { fits, readStored, type Stored } from './stored-json'

/** The columns of a trust that hold what a draft holds. Ids, version and times are the caller's. */
export function toTrustColumns(draft: TrustDraft) {
  return {
    identityId: draft.identityId,
    method: draft.method,
    name: draft.name,
    enabled: draft.enabled,
    issuer: draft.issuer,
    soleIssuer: draft.method === 'issuer' ? draft.issuer : null,
    keys: jsonText(draft.keys),
    keyUse: jsonText(draft.keyUse ?? {}),
    algorithms: jsonText(draft.algorithms),
    rules: jsonText(draft.rules),
    lifetime: jsonText(draft.lifetime),
    grant: jsonText(draft.grant),
    foreign: jsonText(draft.foreign),
  }
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
export function toTrust(row: Omit<TrustRow, 'method'> & { method: string }): Trust {
  const unreadable: string[] = []
  const read = <Value>(column: string, stored: Stored<Value>, standIn: Value): Value => {
    if (stored.readable) return stored.value
    unreadable.push(column)
    return standIn
  }
  const { shape } = Trust
  const method = read('method', fits(row.method, Method), likelyMethod(row))
  const foreign = read('foreign', readForeign(row.foreign, method), standInForeign(method))
  const trust: Trust = {
    id: row.id,
    organizationId: row.organizationId,
    identityId: row.identityId,
    method,
    name: read('name', fits(row.name, shape.name), '(unreadable)'),
    enabled: row.enabled,
    version: row.version,
    sequence: read('sequence', fits(row.sequence, shape.sequence), null),
    issuer: read('issuer', fits(row.issuer, shape.issuer), null),
    keys: read('keys', readStored(row.keys, shape.keys), [standInKeys(method)]),
    algorithms: read('algorithms', readStored(row.algorithms, shape.algorithms), [...algorithms]),
    rules: read('rules', readStored(row.rules, shape.rules), method === 'sign-in' ? withSubject([]) : []),
    lifetime: read(
      'lifetime',
      readStored(row.lifetime, StoredLifetime),
      method === 'sign-in' ? signInLifetime : Lifetime.parse({}),
    ),
    grant: read('grant', readStored(row.grant, Grant), unusableGrant),
    foreign,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
  if (row.keyUse !== '{}') trust.keyUse = read('keyUse', readStored(row.keyUse, KeyUse), KeyUse.parse({}))
  return unreadable.length > 0 ? { ...trust, unreadable } : trust
}

/** What a row of an unknown method most likely was. */
function likelyMethod({ identityId, soleIssuer }: Pick<TrustRow, 'identityId' | 'soleIssuer'>): Method {
  if (identityId !== null) return 'jwt'
  return soleIssuer === null ? 'sign-in' : 'issuer'
}

/** Of a provider and an issuer, the options that make it one are read as well. */
function readForeign(text: string, method: Method): Stored<Trust['foreign']> {
  const stored = readStored(text, Trust.shape.foreign)
  if (!stored.readable) return stored
  const isWhole =
    (method !== 'sign-in' || signInOptionsOf({ method, foreign: stored.value }) !== null) &&
    // An issuer may have none: it was not made through its API.
    (stored.value[issuerApi] === undefined ||
      method !== 'issuer' ||
      issuerOptionsOf({ method, foreign: stored.value }) !== null)
  return isWhole ? stored : { readable: false }
}

/** The options of a provider, from two of its columns; null for what is none, or cannot be read. */
export function storedSignInOptions(method: string, foreign: string): SignInOptions | null {
  const stored = readStored(foreign, Trust.shape.foreign)
  return stored.readable ? signInOptionsOf({ method, foreign: stored.value }) : null
}

/** Options of the least that an API can show: nobody is offered it, added or given a role by it. */
function standInForeign(method: Method): Trust['foreign'] {
  if (method === 'sign-in') return { [signInApi]: SignInOptions.parse({ jwtEndpoint: nowhere, isOffered: false }) }
  if (method === 'issuer') return { [issuerApi]: { project: '', internal: false, static: false } }
  return {}
}

const standInKeys = (method: Method): KeySource => ({
  kind: method === 'oidc' ? 'oidc-discovery' : 'jwks-url',
  url: nowhere,
  caCert: '',
})

/** A name that never resolves (RFC 2606 §2). */
const nowhere = 'https://unreadable.invalid/'

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
