import { jwtVerify } from 'jose'
import { nearestOf } from '@/lib/client/analysis/rule-pages'
import { verify } from '@/lib/trust/engine/verify'
import { TrustPolicy } from '@/lib/trust/policy'
import { median } from './statistics'

/** Milliseconds of one call. */
export type EngineResult = { name: string; ms: number }

const issuer = 'https://token.actions.example'
const warmUpRounds = 4
const roundsMin = warmUpRounds + 5

/** Runs in Node and in a browser: the engine alone, beside jose's `jwtVerify` on the same token. */
export async function runEngineCases(msPerCase: number): Promise<EngineResult[]> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const pair = await crypto.subtle.generateKey(
    { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )
  const now = Math.floor(Date.now() / 1000)
  const input = [
    { alg: 'RS256', typ: 'JWT' },
    { ...claims, iat: now - 5, exp: now + 3_600 },
  ]
    .map((part) => base64url(new TextEncoder().encode(JSON.stringify(part))))
    .join('.')
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, new TextEncoder().encode(input))
  const token = `${input}.${base64url(new Uint8Array(signature))}`
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const policy = (rules: object[]) =>
    TrustPolicy.parse({ issuer, keys: [{ kind: 'inline-jwk', jwk: { kty, n, e } }], rules })
  const judge = async (trust: TrustPolicy) => {
    const verdict = await verify({ token, trust, keys: noKeys, now })
    if (!verdict.accepted) throw new Error(verdict.decisive?.message)
  }
  const [four, fifty] = [policy(fourRules), policy(fiftyGlobs)]
  const cases = {
    'jwtVerify of jose': () =>
      jwtVerify(token, pair.publicKey, { issuer, audience: claims.aud, algorithms: ['RS256'] }),
    'verify, 4 rules': () => judge(four),
    'verify, 50 globs': () => judge(fifty),
    'verify, 4 rules, a trust parsed for it': () => judge(policy(fourRules)),
    'nearest of 10 000 trusts, on the page': async () => structuredClone(pages),
    'nearest of 10 000 trusts, in the worker': async () => nearestOf(pages, { ...claims }, 50),
  }
  const startedMs = performance.now()
  const all = Object.entries(cases).map(([name, run]) => ({ name, run, batches: [] as number[] }))
  const isOver = () => performance.now() - startedMs > msPerCase * all.length
  // In turns, so that what else the machine does meets all of them.
  for (let round = 0; round < roundsMin || !isOver(); round++) {
    for (const { run, batches } of all) {
      const ms = await batchMs(run)
      // The first rounds run code that is not compiled yet.
      if (round >= warmUpRounds) batches.push(ms)
    }
  }
  return all.map(({ name, batches }) => ({ name, ms: median(batches) }))
}

/** Long enough for a clock that counts tenths of milliseconds. */
async function batchMs(run: () => Promise<unknown>): Promise<number> {
  const size = 25
  const from = performance.now()
  for (let at = 0; at < size; at++) await run()
  return (performance.now() - from) / size
}

const claims = {
  ...{ iss: issuer, aud: 'keybound', sub: 'repo:acme/payments:ref:refs/heads/main', repository_owner: 'acme' },
  job_workflow_ref: 'acme/payments/.github/workflows/deploy.yml@refs/heads/main',
}
const rule = (path: string, values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })
const fourRules = [
  ...[rule('aud', ['keybound']), rule('sub', ['repo:acme/payments:*']), rule('repository_owner', ['acme'])],
  rule('job_workflow_ref', ['acme/payments/*@refs/heads/main']),
]
const others = Array.from({ length: 49 }, (_, at) => `repo:acme/service-${at}:ref:refs/*/release-*`)
const fiftyGlobs = [rule('sub', [...others, 'repo:acme/*:ref:refs/heads/*'])]

/** As `/trust-rules` answers: all of one issuer, four rules each. */
const pages = Array.from({ length: 10 }, (_, page) =>
  JSON.stringify({
    trusts: Array.from({ length: 1000 }, (_, at) => ({
      ...{ id: `00000000-0000-4000-8000-${String(page * 1000 + at).padStart(12, '0')}`, issuer },
      rules: fourRules.map((one) => ({ ...one, whenAbsent: 'refuse' })),
    })),
    next: null,
  }),
)

const noKeys = () => Promise.reject(new Error('No key is fetched here.'))

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
