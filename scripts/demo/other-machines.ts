import { makeIssuer } from './issuer'
import { audience, labels, type Machine } from './machine'

/** Machines whose keys were typed in: our own pipeline, a partner, and one that has not been looked at for years. */
export async function otherMachines(): Promise<{ deployer: Machine; partner: Machine; cron: Machine }> {
  const [pipeline, acme, old] = await Promise.all([
    makeIssuer('https://ci.larkfield.example', ['ES256']),
    // The second key is the one the partner changes to without notice.
    makeIssuer('https://sts.acme-logistics.example', ['RS256', 'RS256']),
    makeIssuer('cron.internal', ['RS256']),
  ])
  return { deployer: deployer(pipeline), partner: partner(acme), cron: cron(old) }
}

const deployer = (issuer: Machine['issuer']): Machine => ({
  identity: {
    name: 'payments-deployer',
    role: 'member',
    hasDeleteProtection: true,
    metadata: labels({ team: 'payments', environment: 'production', owner: 'mara@larkfield.example' }),
  },
  createdDaysAgo: 90,
  issuer,
  attachment: {
    method: 'jwt',
    input: {
      configurationType: 'static',
      publicKeys: issuer.keys.map(({ pem }) => pem),
      boundIssuer: issuer.url,
      boundAudiences: audience,
      boundSubject: 'pipeline:payments:deploy',
      boundClaims: { ref: 'refs/heads/*' },
      accessTokenTTL: 900,
      accessTokenMaxTTL: 3600,
    },
  },
  changes: [
    { daysAgo: 62, by: 'admin', input: { boundClaims: { ref: 'refs/heads/main', stage: 'production' } } },
    { daysAgo: 32, by: 'admin', input: { accessTokenTTL: 600, accessTokenMaxTTL: 1800 } },
  ],
  rhythm: { kind: 'office', perWorkday: 6, perRestDay: 1 },
  lifeSeconds: 300,
  claims: () => deployerClaims,
  mishaps: [
    { chance: 0.05, claims: () => ({ ref: 'refs/heads/staging', stage: 'staging' }) },
    { chance: 0.03, claims: (now) => ({ iat: now - 400, exp: now - 100 }) },
  ],
  ips: ['203.0.113.25', '203.0.113.26'],
  userAgent: 'curl/8.5.0',
})

/** What an accepted token of payments-deployer says. */
export const deployerClaims = {
  aud: audience,
  sub: 'pipeline:payments:deploy',
  ref: 'refs/heads/main',
  stage: 'production',
}

/** The partner's key expired and it went on with a new one; two days later that one was typed in. */
export const keyChange = { daysAgo: 24, mendedDaysAgo: 21.8 }

const partner = (issuer: Machine['issuer']): Machine => ({
  identity: {
    name: 'partner-acme-sync',
    role: 'no-access',
    metadata: labels({ partner: 'Acme Logistics', contact: 'integrations@acme-logistics.example' }),
  },
  createdDaysAgo: 87,
  issuer,
  signsWith: (daysAgo) => issuer.keys[daysAgo > keyChange.daysAgo ? 0 : 1] ?? issuer.keys[0],
  attachment: {
    method: 'jwt',
    input: {
      configurationType: 'static',
      publicKeys: [issuer.keys[0].pem],
      boundIssuer: issuer.url,
      boundAudiences: 'larkfield-orders',
      boundSubject: 'orders-export',
      accessTokenTTL: 3600,
      accessTokenMaxTTL: 86_400,
      accessTokenTrustedIps: [{ ipAddress: '198.51.100.0/24' }],
    },
  },
  changes: [
    { daysAgo: keyChange.mendedDaysAgo, by: 'member', input: { publicKeys: issuer.keys.map(({ pem }) => pem) } },
  ],
  rhythm: { kind: 'every', hours: 6, minute: 12 },
  lifeSeconds: 900,
  claims: () => ({ aud: ['larkfield-orders', 'acme-internal'], sub: 'orders-export', scope: 'orders:read' }),
  mishaps: [{ chance: 0.01, claims: (now) => ({ iat: now + 40, exp: now + 940 }) }],
  ips: ['198.51.100.9', '198.51.100.10'],
  userAgent: 'Java-http-client/21.0.4',
})

// Everything that can be left open is: no issuer, no audience, no expiry, thirty days, thirty more on renewal.
const cron = (issuer: Machine['issuer']): Machine => ({
  identity: { name: 'legacy-cron', role: 'member', metadata: labels({ note: 'moved over from the old server' }) },
  createdDaysAgo: 90,
  issuer,
  attachment: {
    method: 'jwt',
    input: {
      configurationType: 'static',
      publicKeys: issuer.keys.map(({ pem }) => pem),
      boundSubject: '*',
      accessTokenTTL: 2_592_000,
      accessTokenMaxTTL: 0,
    },
    lifetime: { requireExpiry: false },
  },
  rhythm: { kind: 'nightly', hour: 4, times: 1 },
  lifeSeconds: null,
  claims: (random) => ({ sub: random.pick(['report', 'rotate-logs', 'root']) }),
  mishaps: [],
  ips: ['10.0.0.5'],
  userAgent: 'curl/7.29.0',
})
