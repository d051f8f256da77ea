import { createHash } from 'node:crypto'
import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'
import type { TlsFacts } from '@/lib/net/certificates'
import { keySourceId } from '@/lib/net/key-cache'
import { checkAlarms } from '@/lib/services/key-source/check-sources'
import { recordFetch } from '@/lib/services/key-source/record-fetch'
import type { Jwk } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource } from '@/lib/trust/policy'
import type { Enrolled } from './history'
import { type DemoIssuer, makeIssuer } from './issuer'
import type { Standalone } from './standalone-trusts'

type Times = { daysAgo: (days: number) => Date; now: Date; lastLogins: Map<string, Date> }
type Owner = { keys: readonly KeySource[]; issuer: DemoIssuer; createdDaysAgo: number }

/** How long the keys count as fresh: the demo's issuers are made up, and no server answers at their addresses. */
const freshSeconds = 3_600

/** What was seen at the key sources of the demo: found at the start, rotated where an issuer has several keys, good now. */
export async function keySourceHistory(db: Db, enrolled: Enrolled[], standalone: Standalone[], times: Times) {
  const owners: Owner[] = [
    ...enrolled.map(({ machine, versions }) => ({ ...machine, keys: versions.at(-1)?.keys ?? [] })),
    ...standalone.map(({ trust, ...owner }) => ({ ...owner, keys: trust.keys })),
  ]
  const seen = new Set<string>()
  for (const owner of owners) {
    const source = owner.keys.find(isRemote)
    const sourceId = source && keySourceId(source)
    if (!sourceId || seen.has(sourceId)) continue
    seen.add(sourceId)
    await fetchedInThePast(db, owner, times)
  }
  for (const { machine, identity, versions } of enrolled) {
    const source = versions.at(-1)?.keys.find(isRemote)
    const lastUsedAt = times.lastLogins.get(identity.id)
    if (!source || !lastUsedAt) continue
    const kid = (machine.signsWith?.(0) ?? machine.issuer.keys[0]).kid
    await db.keySourceKey.updateMany({ where: { sourceId: keySourceId(source), kid }, data: { lastUsedAt } })
  }
}

async function fetchedInThePast(db: Db, { keys, issuer, createdDaysAgo }: Owner, { daysAgo, now }: Times) {
  const source = keys.find(isRemote)
  if (!source) return
  const jwks = issuer.keys.map(({ jwk }) => jwk)
  const fetched = (found: Jwk[], at: Date) => {
    const keySet = { status: 'ok' as const, keys: found, fetchedAt: Math.floor(at.getTime() / 1000), stale: null }
    const algorithms = issuer.keys.map(({ alg }) => alg)
    const discovery = { issuer: issuer.url, jwksUri: `${issuer.url}/.well-known/jwks`, algorithms }
    const said = source.kind === 'oidc-discovery' ? { discovery } : {}
    const tls = madeUpTls(new URL(source.url).hostname, daysAgo)
    return recordFetch(db, { source, at, result: { keySet, cacheSeconds: freshSeconds, latencyMs: 84, tls, ...said } })
  }
  const sourceId = keySourceId(source)
  const { hostname } = new URL(source.url)
  const former = hostname === rotated ? (await makeIssuer(issuer.url, ['ES256'])).keys[0] : null
  await fetched(former ? [former.jwk] : jwks.slice(0, 1), daysAgo(createdDaysAgo))
  await fetched(former ? [former.jwk] : jwks, daysAgo(createdDaysAgo / 2))
  if (former) await fetched(jwks, daysAgo(0.1))
  await fetched(jwks, hostname === silent ? daysAgo(0.2) : now)
  if (former) {
    // Tokens signed by the key that is gone still arrive.
    await db.keySourceKey.updateMany({ where: { sourceId, kid: former.kid }, data: { lastMissedAt: daysAgo(0.01) } })
  }
  if (hostname === silent) {
    const message = 'The host was found, and nothing answers at its port.'
    const keySet = {
      status: 'unavailable' as const,
      reason: 'unreachable' as const,
      message,
      fix: 'Start what serves the keys.',
    }
    for (const at of [0.15, 0.1, 0.05, 0]) {
      await recordFetch(db, { source, at: daysAgo(at), result: { keySet, cacheSeconds: 0, latencyMs: 3_004 } })
    }
  }
  const known = new Set((await db.keySourceDay.findMany({ where: { sourceId } })).map(({ day }) => day))
  const days = Array.from({ length: Math.min(90, Math.floor(createdDaysAgo)) }, (_, at) => dayOf(daysAgo(at + 1)))
  const quiet = days.filter((day) => !known.has(day))
  const failuresOf = (at: number) => (hostname === silent && at % 17 === 3 ? 5 : 0)
  await db.keySourceDay.createMany({
    data: quiet.map((day, at) => ({ sourceId, day, fetches: 24, failures: failuresOf(at) })),
  })
  await checkAlarms(db, sourceId, now)
}

/** Trouble, which a page of healthy sources would not show: an outage, a key replaced at once, a certificate that ends soon. */
const silent = 'portal.larkfield.example'
const rotated = 'spire.larkfield.example'
const expiring = 'keys.warehouse.larkfield.example'

/** The certificates a host of the demo would show, half way through their ninety days. */
function madeUpTls(hostname: string, daysAgo: (days: number) => Date): TlsFacts {
  const certificate = (subject: string, issuer: string, days: number) => ({
    subject,
    issuer,
    notBefore: Math.floor(daysAgo(days).getTime() / 1000),
    notAfter: Math.floor(daysAgo(-days).getTime() / 1000),
    fingerprint: createHash('sha256')
      .update(subject)
      .digest('hex')
      .toUpperCase()
      .replace(/..(?=.)/g, '$&:'),
  })
  const issued = certificate(`CN=${hostname}`, 'CN=Demo Issuing CA', 45)
  const leaf = hostname === expiring ? { ...issued, notAfter: Math.floor(daysAgo(-6).getTime() / 1000) } : issued
  const chain = [
    leaf,
    certificate('CN=Demo Issuing CA', 'CN=Demo Root', 900),
    certificate('CN=Demo Root', 'CN=Demo Root', 3000),
  ]
  return { ...leaf, protocol: 'TLSv1.3', chain }
}
