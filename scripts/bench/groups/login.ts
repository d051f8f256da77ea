import type { Bench } from '../bench'
import { type Ours, onServer, startOurs } from '../keybound'
import { startGenerator } from '../load'
import { startOpenIdProvider } from '../peers'
import { assertionClaims, standaloneClaims, tokenPool } from '../tokens'
import { enrol, type KeySources, type LoginMethod, startKeyServer } from '../trusts'

/** Accepted logins: of oidc-provider, and ours by every method, on both databases, in one process and in two. */
export async function login(bench: Bench): Promise<void> {
  await measureOpenIdProvider(bench)
  const keyServer = await startKeyServer(bench.pool)
  const standalone = await tokenPool('issuers', bench.isQuick ? 5_000 : 30_000, standaloneClaims(1_000))
  const single = await tokenPool('issuer', bench.isQuick ? 5_000 : 30_000, standaloneClaims(1))
  bench.generator.pool('issuers', standalone.tokens)
  bench.generator.pool('issuer', single.tokens)
  try {
    const keys = { pool: bench.pool, keyServer }
    for (const database of ['sqlite', 'postgresql'] as const) {
      const { postgresqlPid: databasePid } = bench
      await onServer(startOurs({ database, databasePid }), async (ours) => {
        await measureOurs(bench, ours, plans(bench), keys)
        await measureBesidePages(bench, ours, keys)
      })
      await onServer(startOurs({ database, databasePid, processes: 2 }), (ours) =>
        measureOurs(bench, ours, sharedPlans(bench), keys),
      )
    }
  } finally {
    await keyServer.server.stop()
  }
}

type Plan = { method: LoginMethod; identities: number; connections: number[] }

/** What is measured on one server. */
function plans({ isQuick }: Bench): Plan[] {
  const usual = [1, 10, 50]
  const all: Plan[] = (['static', 'jwks', 'oidc', 'issuers'] as const).flatMap((method) =>
    [1, 1_000].map((identities) => ({ method, identities, connections: usual })),
  )
  if (!isQuick) return all
  return all
    .map((plan) => ({
      ...plan,
      connections: plan.method === 'static' && plan.identities === 1 ? [1, 50] : [50],
    }))
    .filter(({ method, identities }) => method === 'static' || identities === 1)
}

/** What is measured where two servers share the database. */
const sharedPlans = ({ isQuick }: Bench): Plan[] =>
  (isQuick ? [1] : [1, 1_000]).map((identities) => ({
    ...{ method: 'static', identities, connections: isQuick ? [50] : [10, 50] },
  }))

const names: Record<LoginMethod, string> = {
  static: 'static keys',
  jwks: 'JWKS over TLS',
  oidc: 'OIDC Auth',
  issuers: 'standalone',
}

const counted = (count: number, what: 'issuer' | 'identity') =>
  `${count} ${count === 1 ? what : { issuer: 'issuers', identity: 'identities' }[what]}`

async function measureOurs(bench: Bench, ours: Ours, all: Plan[], keys: KeySources) {
  const before = await storedIn(ours)
  for (const { method, identities, connections } of all) {
    const { path, before, after } = await enrol(ours, method, identities, keys)
    const pool = method !== 'issuers' ? 'workflows' : identities === 1 ? 'issuer' : 'issuers'
    for (const count of connections) {
      await bench.measure({
        group: 'login',
        name: `${names[method]}, ${counted(identities, method === 'issuers' ? 'issuer' : 'identity')}`,
        subject: ours,
        connections: count,
        load: {
          ...{ method: 'POST', path, headers: { 'content-type': 'application/json' }, expected: 200 },
          body: { before, pool, after },
          // One sequence for a server, so that it sees no token twice.
          sequence: `${ours.name} ${pool}`,
        },
        audit: acceptedDecisions(ours),
      })
    }
  }
  const after = await storedIn(ours)
  const value = (after.bytes - before.bytes) / (after.decisions - before.decisions) / 1024
  bench.note({ group: 'login', name: `${ours.name}: a login in the database, indexes included`, value, unit: 'KB' })
}

/** Pages of the dashboard that read most, asked for one after the other. */
const heavyPages = [
  ...['/api/admin/overview', '/api/admin/decisions?search=no-such-subject', '/api/admin/audit?search=no-such-name'],
  ...['/api/admin/decisions?accepted=false', '/api/admin/identities', '/api/admin/trusts'],
]

/** What logins wait for while a person looks at one page after another. */
async function measureBesidePages(bench: Bench, ours: Ours, keys: KeySources) {
  const { path, before, after } = await enrol(ours, 'static', 1, keys)
  const login = (name: string) => ({
    ...{ group: 'login', name: `static keys, 1 identity${name}`, subject: ours, connections: 10 },
    load: {
      ...{ method: 'POST' as const, path, headers: { 'content-type': 'application/json' }, expected: 200 },
      body: { before, pool: 'workflows', after },
      sequence: `${ours.name} workflows`,
    },
  })
  const { warmUpMs, windowMs, rounds } = bench.timing
  const pages = startGenerator()
  try {
    const asked = pages.run({
      ...{ method: 'GET', path: heavyPages, headers: { authorization: ours.adminAuthorization }, expected: 200 },
      ...{ origins: ours.origins, connections: 1, ms: warmUpMs + windowMs * rounds, sequence: 'pages' },
    })
    await bench.measure(login(', while pages are asked for'), { alone: true })
    const { firstFailure } = await asked
    if (firstFailure) throw new Error(`A page was not answered: ${firstFailure}`)
  } finally {
    await pages.stop()
  }
}

/** How large the database is, and how many decisions are in it. */
async function storedIn({ db, database }: Ours) {
  const size = {
    sqlite: 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
    postgresql: 'SELECT pg_database_size(current_database()) AS bytes',
  }
  const [row] = await db.$queryRawUnsafe<{ bytes: number | bigint }[]>(size[database])
  return { bytes: Number(row?.bytes), decisions: await db.decision.count() }
}

/** Every accepted login has a decision and an access token, and there are no others. */
const acceptedDecisions =
  ({ db }: Ours) =>
  async () => {
    const counted = async () => ({
      decisions: await db.decision.count({ where: { accepted: true } }),
      'access tokens': await db.accessToken.count(),
    })
    const before = await counted()
    return async (succeeded: number) => {
      const after = await counted()
      const wrong = (['decisions', 'access tokens'] as const).filter((name) => after[name] - before[name] !== succeeded)
      return wrong.length === 0
        ? null
        : wrong
            .map((name) => `${succeeded} logins were accepted, ${after[name] - before[name]} ${name} stored`)
            .join('; ')
    }
  }

async function measureOpenIdProvider(bench: Bench) {
  const assertions = await tokenPool('assertions', bench.isQuick ? 6_000 : 30_000, assertionClaims)
  bench.generator.pool('assertions', assertions.tokens)
  const provider = await startOpenIdProvider(assertions)
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  try {
    for (const alg of ['RS256', 'ES256']) {
      for (const connections of bench.isQuick ? [50] : [1, 10, 50]) {
        const form = new URLSearchParams({
          ...{
            grant_type: 'client_credentials',
            scope: 'deploy',
            resource: `https://api.example/${alg.toLowerCase()}`,
          },
          client_assertion_type: type,
        })
        await bench.measure({
          ...{ group: 'login', name: `client_credentials, ${alg} token`, subject: provider, connections },
          load: {
            ...{ method: 'POST', path: '/token', expected: 200 },
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: { before: [`${form}&client_assertion=`], pool: 'assertions', after: '' },
            sequence: 'assertions',
          },
        })
      }
    }
  } finally {
    await provider.stop()
  }
}
