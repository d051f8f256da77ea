import type { Db } from '@/lib/db/client'
import { isRemote } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import { recordFetch } from '@/lib/services/key-source/record-fetch'
import type { Jwk } from '@/lib/trust/key-sources/key-source'
import type { Enrolled } from './history'

type Times = { daysAgo: (days: number) => Date; now: Date; lastLogins: Map<string, Date> }

/** How long the keys count as fresh: the demo's issuers are made up, and nobody answers at their addresses for them. */
const freshSeconds = 3_600

/** What was seen at the key sources of the demo: found at the start, rotated where an issuer has several keys, good now. */
export async function keySourceHistory(db: Db, enrolled: Enrolled[], { daysAgo, now, lastLogins }: Times) {
  const seen = new Set<string>()
  for (const { machine, identity, versions } of enrolled) {
    const source = versions.at(-1)?.keys.find(isRemote)
    if (!source) continue
    const sourceId = keySourceId(source)
    const jwks = machine.issuer.keys.map(({ jwk }) => jwk)
    const fetched = (keys: Jwk[], at: Date) => {
      const fetchedAt = Math.floor(at.getTime() / 1000)
      const keySet = { status: 'ok' as const, keys, fetchedAt, stale: null }
      const jwksUri = `${machine.issuer.url}/.well-known/jwks`
      const discovery = { issuer: machine.issuer.url, jwksUri, algorithms: machine.issuer.keys.map(({ alg }) => alg) }
      const said = source.kind === 'oidc-discovery' ? { discovery } : {}
      return recordFetch(db, { source, at, result: { keySet, cacheSeconds: freshSeconds, latencyMs: 84, ...said } })
    }
    if (!seen.has(sourceId)) {
      await fetched(jwks.slice(0, 1), daysAgo(machine.createdDaysAgo))
      await fetched(jwks, daysAgo(machine.createdDaysAgo / 2))
      await fetched(jwks, now)
      seen.add(sourceId)
    }
    const lastUsedAt = lastLogins.get(identity.id)
    const kid = (machine.signsWith?.(0) ?? machine.issuer.keys[0]).kid
    if (lastUsedAt) await db.keySourceKey.updateMany({ where: { sourceId, kid }, data: { lastUsedAt } })
  }
}
