import type { Db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { proxyFromEnvironment, proxyName } from '@/lib/net/egress-proxy'
import type { Discovery, FetchedKeys } from '@/lib/net/fetch-keys'
import type { Alarm } from './alarms'
import { readFacts } from './source-facts'
import type { SourceInUse, SourceUser } from './sources-in-use'

/**
 * - `unasked` it was never fetched
 * - `ok` the last fetch was good
 * - `last-good` it fails, and its last good set serves
 * - `down` it fails, and no token can be verified with it
 */
const keySourceStatuses = ['unasked', 'ok', 'last-good', 'down'] as const

/** A key source as people look at it. */
export type KeySourceView = {
  id: string
  kind: 'jwks-url' | 'oidc-discovery'
  url: string
  /** Whether a CA certificate was given for it. */
  hasCa: boolean
  /** Host and port of the egress proxy it is fetched through; null = none. */
  proxy: string | null
  status: (typeof keySourceStatuses)[number]
  lastAttemptAt: Date | null
  lastSuccessAt: Date | null
  lastFailureAt: Date | null
  failingSince: Date | null
  failure: { reason: string; message: string; fix: string } | null
  latencyMs: number | null
  freshUntil: Date | null
  tls: FetchedKeys['tls'] | null
  discovery: Discovery | null
  keyCount: number | null
  usedBy: SourceUser[]
  /** How many trusts name it; the least, if `isUsedByMore`. */
  usedByCount: number
  isUsedByMore: boolean
  alarms: Alarm[]
  /** In a list, where it is asked for: its days. */
  strip?: string
}

/** The sources with what is known of each, in the order given. */
export async function viewKeySources(db: Db, sources: readonly SourceInUse[], now: Date): Promise<KeySourceView[]> {
  const facts = await readFacts(db, sources, now)
  return sources.map(({ id, source, usedBy, usedByCount, isUsedByMore }) => {
    const known = facts.get(id)
    const about = {
      id,
      kind: source.kind,
      url: source.url,
      hasCa: source.caCert.trim() !== '',
      proxy: proxyOf(source.url),
      usedBy,
      usedByCount,
      isUsedByMore,
    }
    if (!known) return { ...about, ...unasked }
    const { row, ...told } = known
    const { lastAttemptAt, lastSuccessAt, lastFailureAt, failingSince, reason, message, fix, latencyMs, freshUntil } =
      row
    return {
      ...about,
      ...told,
      status: statusOf(row, now),
      lastAttemptAt,
      lastSuccessAt,
      lastFailureAt,
      failingSince,
      failure: failingSince && { reason: reason ?? 'unreachable', message: message ?? '', fix: fix ?? '' },
      latencyMs,
      freshUntil,
    }
  })
}

function proxyOf(url: string): string | null {
  const proxy = URL.canParse(url) ? proxyFromEnvironment(new URL(url)) : null
  return proxy && proxyName(proxy)
}

const unasked = {
  status: 'unasked',
  lastAttemptAt: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  failingSince: null,
  failure: null,
  latencyMs: null,
  freshUntil: null,
  tls: null,
  discovery: null,
  keyCount: null,
  alarms: [],
} satisfies Partial<KeySourceView>

function statusOf(row: { failingSince: Date | null; keysFetchedAt: Date | null }, now: Date): KeySourceView['status'] {
  if (!row.failingSince) return 'ok'
  const servesUntil = (row.keysFetchedAt?.getTime() ?? 0) + env().KEY_LAST_GOOD_SECONDS * 1000
  return now.getTime() < servesUntil ? 'last-good' : 'down'
}
