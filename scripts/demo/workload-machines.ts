import { createAuthority } from '@/e2e/peers/tls-authority'
import { makeIssuer } from './issuer'
import { audience, labels, type Machine } from './machine'

/** Programs that run somewhere: clusters, clouds, a warehouse. */
export async function workloadMachines(): Promise<Machine[]> {
  const tenant = '3b0f6c52-8a1d-4c7e-9f60-5d2b71e4a908'
  const [warehouse, cluster, eks, entra, spire] = await Promise.all([
    makeIssuer('https://keys.warehouse.larkfield.example', ['ES256']),
    makeIssuer('https://kubernetes.default.svc.cluster.local', ['RS256']),
    makeIssuer('https://oidc.eks.eu-north-1.amazonaws.com/id/7D41C0FFEE5A9B26', ['RS256']),
    makeIssuer(`https://login.microsoftonline.com/${tenant}/v2.0`, ['RS256']),
    // SPIFFE marks the keys of a bundle in its own way.
    makeIssuer('spiffe://larkfield.example', ['ES256'], { use: 'jwt-svid' }),
  ])
  const [clusterKey] = cluster.keys

  return [
    {
      identity: {
        name: 'warehouse-etl',
        role: 'no-access',
        metadata: labels({ team: 'data', system: 'Airflow', environment: 'production' }),
      },
      createdDaysAgo: 89,
      issuer: warehouse,
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: `${warehouse.url}/jwks.json`,
          jwksCaCert: createAuthority('Larkfield Internal CA').cert,
          boundIssuer: warehouse.url,
          boundAudiences: audience,
          boundSubject: 'dag:{orders,stock,ledger}-*',
          accessTokenTTL: 1800,
          accessTokenMaxTTL: 7200,
          accessTokenTrustedIps: [{ ipAddress: '10.40.0.0/16' }],
        },
      },
      rhythm: { kind: 'every', hours: 4, minute: 5 },
      lifeSeconds: 600,
      claims: (random) => ({
        aud: audience,
        sub: `dag:${random.pick(['orders', 'stock', 'ledger'])}-${random.pick(['hourly', 'daily'])}`,
        env: 'production',
      }),
      mishaps: [{ chance: 0.01, claims: (now) => ({ iat: now + 95, nbf: now + 95, exp: now + 695 }) }],
      ips: ['10.40.3.17', '10.40.3.18'],
      userAgent: 'python-requests/2.32.3',
    },
    {
      identity: {
        name: 'ledger-api',
        role: 'no-access',
        hasDeleteProtection: true,
        metadata: labels({ team: 'payments', system: 'Kubernetes', environment: 'production' }),
      },
      createdDaysAgo: 79,
      issuer: cluster,
      // Thousands of clusters call themselves this; the key alone tells which one is meant.
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'static',
          publicKeys: [clusterKey.pem],
          boundIssuer: cluster.url,
          boundAudiences: 'keybound',
          boundSubject: 'system:serviceaccount:payments:ledger-api',
          boundClaims: { '/kubernetes.io/serviceaccount/uid': 'b0a6d8de-6a0b-4d0c-b7a5-2f7a3c1f9e11' },
          accessTokenTTL: 3600,
          accessTokenMaxTTL: 14_400,
        },
      },
      rhythm: { kind: 'every', hours: 6, minute: 31 },
      lifeSeconds: 3600,
      claims: (random) => ({
        aud: ['keybound'],
        sub: 'system:serviceaccount:payments:ledger-api',
        'kubernetes.io': {
          namespace: 'payments',
          serviceaccount: { name: 'ledger-api', uid: 'b0a6d8de-6a0b-4d0c-b7a5-2f7a3c1f9e11' },
          pod: { name: `ledger-api-5c9f7d-${random.pick(['k2x9z', 'q7tpd', 'w04mf'])}` },
        },
      }),
      mishaps: [{ chance: 0.01, claims: () => ({ aud: ['https://kubernetes.default.svc'] }) }],
      ips: ['10.80.12.4', '10.80.12.9'],
      userAgent: 'Go-http-client/1.1',
    },
    {
      identity: {
        name: 'batch-runner',
        role: 'no-access',
        metadata: labels({ team: 'data', system: 'EKS', environment: 'production' }),
      },
      createdDaysAgo: 70,
      issuer: eks,
      // Every service account of the namespace, the default one included.
      attachment: {
        method: 'oidc',
        input: {
          oidcDiscoveryUrl: eks.url,
          boundIssuer: eks.url,
          boundAudiences: 'keybound',
          boundSubject: 'system:serviceaccount:batch:*',
          boundClaims: { '/kubernetes.io/namespace': 'batch' },
          accessTokenTTL: 7200,
          accessTokenMaxTTL: 7200,
        },
      },
      rhythm: { kind: 'nightly', hour: 1, times: 3 },
      lifeSeconds: 3600,
      claims: (random) => {
        const account = random.pick(['reports', 'cleanup', 'default'])
        return {
          aud: ['keybound'],
          sub: `system:serviceaccount:batch:${account}`,
          'kubernetes.io': { namespace: 'batch', serviceaccount: { name: account } },
        }
      },
      mishaps: [],
      ips: ['10.90.1.22'],
      userAgent: 'python-requests/2.31.0',
    },
    {
      identity: {
        name: 'invoice-sync',
        role: 'no-access',
        metadata: labels({ team: 'finance', system: 'Azure Functions' }),
      },
      createdDaysAgo: 58,
      issuer: entra,
      attachment: {
        method: 'oidc',
        input: {
          oidcDiscoveryUrl: `${entra.url}/.well-known/openid-configuration`,
          boundIssuer: entra.url,
          boundAudiences: 'api://keybound',
          boundClaims: { tid: tenant, oid: 'c94d7c0e-0d52-4f1f-9f43-6f1b7a2e5d30' },
          accessTokenTTL: 1800,
          accessTokenMaxTTL: 3600,
        },
      },
      rhythm: { kind: 'nightly', hour: 5, times: 2 },
      lifeSeconds: 5400,
      claims: () => ({
        aud: 'api://keybound',
        sub: 'c94d7c0e-0d52-4f1f-9f43-6f1b7a2e5d30',
        oid: 'c94d7c0e-0d52-4f1f-9f43-6f1b7a2e5d30',
        tid: tenant,
        azp: '0f7a4c38-21d4-4b3c-8c1e-c9f0b6d5a7e2',
        idtyp: 'app',
        ver: '2.0',
      }),
      // Managed identities ask for version 1 tokens unless told otherwise, and those name another issuer.
      mishaps: [{ chance: 0.05, claims: () => ({ iss: `https://sts.windows.net/${tenant}/`, ver: '1.0' }) }],
      ips: ['203.0.113.118'],
      userAgent: 'axios/1.7.7',
    },
    {
      identity: {
        name: 'backup-agent',
        role: 'no-access',
        metadata: labels({ team: 'platform', system: 'SPIRE' }),
      },
      createdDaysAgo: 66,
      issuer: spire,
      // A JWT-SVID need not name its issuer, so none is bound.
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: 'https://spire.larkfield.example/keys',
          boundAudiences: 'keybound',
          boundSubject: 'spiffe://larkfield.example/ns/backup/sa/agent',
          accessTokenTTL: 3600,
          accessTokenMaxTTL: 3600,
        },
      },
      rhythm: { kind: 'nightly', hour: 3, times: 2 },
      lifeSeconds: 300,
      claims: () => ({
        iss: undefined,
        aud: ['keybound'],
        sub: 'spiffe://larkfield.example/ns/backup/sa/agent',
      }),
      mishaps: [{ chance: 0.02, claims: () => ({ sub: 'spiffe://larkfield.example/ns/backup/sa/restore' }) }],
      ips: ['10.20.0.8'],
      userAgent: 'curl/7.88.1',
    },
  ]
}
