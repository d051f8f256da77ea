import type { Bench } from '../bench'
import { type Ours, onServer, startOurs } from '../keybound'
import type { Case } from '../measure'
import { enrol, type LoginRequests, startKeyServer } from '../trusts'

/** Access tokens that take turns. */
const tokensInTurn = 200

/** What is done with access tokens: renewed, introspected, used to read; and what is read without one. */
export async function tokens(bench: Bench): Promise<void> {
  const keyServer = await startKeyServer(bench.pool)
  try {
    for (const database of ['sqlite', 'postgresql'] as const) {
      await onServer(startOurs({ database, databasePid: bench.postgresqlPid }), async (ours) => {
        const requests = await enrol(ours, 'static', 1, { pool: bench.pool, keyServer })
        const accessTokens = await loggedIn(ours, requests, bench.pool.tokens.slice(-tokensInTurn))
        const all = Object.entries(loads(ours, accessTokens))
        for (const [name, load] of bench.isQuick ? all.slice(0, 3) : all) {
          for (const connections of bench.isQuick ? [50] : [1, 10, 50]) {
            await bench.measure({ ...{ group: 'tokens', name, subject: ours, connections }, load })
          }
        }
      })
    }
  } finally {
    await keyServer.server.stop()
  }
}

function loads(ours: Ours, accessTokens: string[]): Record<string, Case['load']> {
  const json = { 'content-type': 'application/json' }
  const bearers = accessTokens.map((token) => `Bearer ${token}`)
  const body = (member: string) => ({ before: accessTokens.map((token) => `{"${member}":"${token}"`), after: '}' })
  const shared = { expected: 200, sequence: ours.name }
  return {
    'renew an access token': {
      ...{ ...shared, method: 'POST', path: '/api/v1/auth/token/renew', headers: json, body: body('accessToken') },
    },
    'introspect an access token': {
      ...{ ...shared, method: 'POST', path: '/api/v1/auth/token/introspect', headers: json, body: body('token') },
      authorizations: [ours.adminAuthorization],
    },
    'read with an access token': {
      ...{ ...shared, method: 'GET', path: '/api/v1/identities/details', headers: {}, authorizations: bearers },
    },
    'public keys': { ...shared, method: 'GET', path: '/.well-known/jwks.json', headers: {} },
    readiness: { ...shared, method: 'GET', path: '/api/status', headers: {} },
  }
}

/** Logs in with each token; the access tokens. */
async function loggedIn(ours: Ours, { path, before, after }: LoginRequests, jwts: string[]): Promise<string[]> {
  const found: string[] = []
  for (const jwt of jwts) {
    const answer = await ours.admin.as({}).post(path, undefined, {
      ...{ raw: `${before[0]}${jwt}${after}`, headers: { 'content-type': 'application/json' } },
    })
    if (answer.status !== 200) throw new Error(answer.text)
    found.push(answer.body.accessToken)
  }
  return found
}
