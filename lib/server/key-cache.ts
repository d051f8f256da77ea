import { db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { parseAllowedOrigins } from '@/lib/net/allow-list'
import { fetchKeySet } from '@/lib/net/fetch-keys'
import { createGuard, type Guard } from '@/lib/net/guarded-fetch'
import { createKeyCache, type KeyCache, keySourceId } from '@/lib/net/key-cache'
import { perProcess } from '@/lib/per-process'
import { toKnownKeys } from '@/lib/services/key-source/key-source-row'
import { countKeyFetch } from '@/lib/services/metrics/metrics'
import { spanned } from '@/lib/spans'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { keySourceRecorder } from './key-source-recorder'

/** The one key cache of this process, however often Next bundles this file. */
export function keyCache(): KeyCache {
  held.value ??= make()
  return held.value
}

const held = perProcess<KeyCache>('key-cache')

function make(): KeyCache {
  const allowed = parseAllowedOrigins(env().KEY_FETCH_ALLOWED_ORIGINS)
  const guard = createGuard({ allowed })
  return createKeyCache({
    lastGoodSeconds: env().KEY_LAST_GOOD_SECONDS,
    fetch: (source) => spannedFetch(source, guard),
    restore: async (source) =>
      toKnownKeys(await db().keySourceState.findUnique({ where: { id: keySourceId(source) } })),
    onFetch(source, result) {
      keySourceRecorder().fetched(source, result)
      countKeyFetch(source, result)
    },
  })
}

/** A fetch as a span of the login that waits for it, without what the URL says beside the host. */
const spannedFetch = (source: RemoteKeySource, guard: Guard) => {
  const host = URL.canParse(source.url) ? new URL(source.url).hostname : ''
  const attributes = { 'server.address': host, 'keybound.key_source': source.kind }
  return spanned('fetch keys', { kind: 'client', attributes }, async (span) => {
    const fetched = await fetchKeySet(source, { guard })
    const { keySet } = fetched
    span.set(keySet.status === 'ok' ? { 'keybound.result': 'ok' } : { 'error.type': keySet.reason })
    return fetched
  })
}
