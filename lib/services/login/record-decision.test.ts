import { expect, test } from 'vitest'
import type { Tx } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import { verify } from '@/lib/trust/engine/verify'
import { TrustPolicy } from '@/lib/trust/policy'
import { createVectorIssuer } from '@/lib/trust/vectors'
import type { Context } from '../context'
import { maskedTrace, recordDecision } from './record-decision'

test('a trace keeps no value of a claim that holds personal data or a secret', async () => {
  const issuer = await createVectorIssuer({ now: 1_800_000_000 })
  const claims = {
    session: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    user: { email: 'jane.doe@corp.example' },
    groups: ['glpat-SECRETSECRET', 'a'],
    email: 'jane.doe@corp.example',
    api_key: 'hunter2hunter2',
  }
  const token = [{ alg: 'RS256' }, claims, 'x']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const trust = TrustPolicy.parse({
    keys: [{ kind: 'inline-jwk', jwk: issuer.publicJwk('rsa') }],
    rules: Object.keys(claims).map((path) => ({ path, matcher: { kind: 'subset-of', values: ['nothing'] } })),
  })
  const verdict = await verify({
    token,
    trust,
    keys: async () => Promise.reject(new Error('no remote keys')),
    now: 1_800_000_000,
  })
  const kept = JSON.stringify(maskedTrace(verdict))
  for (const secret of ['ghp_abc', 'jane.doe', 'glpat-SECRET', 'hunter2']) {
    expect(JSON.stringify(verdict.checks)).toContain(secret)
    expect(kept).not.toContain(secret)
  }
})

test('a check that is about no claim is not masked by the claim that has its name', () => {
  const check = { id: 'age', status: 'pass', title: 'Age', message: '', received: '5 min', trusted: true } as const
  const verdict = { accepted: true, decisive: null, checks: [check], header: null, key: null, grant: null }
  expect(maskedTrace({ ...verdict, claims: { age: 'jane.doe@corp.example' } })).toEqual([check])
})

/** The row that a verdict on a token of GitHub Actions becomes. */
async function rowOf(claims: Record<string, unknown>, header: Record<string, unknown> = {}) {
  const now = 1_800_000_000
  const issuer = await createVectorIssuer({ now })
  const token = await issuer.sign({
    ...{ key: 'rsa', alg: 'RS256', header: JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'rsa', ...header }) },
    claims: JSON.stringify({ ...githubClaims(now), ...claims }),
  })
  const rule = (path: string, value: string) => ({ path, matcher: { kind: 'glob-any' as const, values: [value] } })
  const trust = TrustPolicy.parse({
    issuer: 'https://token.actions.githubusercontent.com',
    keys: [{ kind: 'inline-jwk', jwk: issuer.publicJwk('rsa') }],
    rules: [
      ...[rule('aud', 'https://keybound.example'), rule('sub', 'repo:acme-corporation/payments-service:*')],
      ...[rule('repository_owner', 'acme-corporation'), rule('job_workflow_ref', '*@refs/tags/v*')],
    ],
  })
  const verdict = await verify({ token, trust, keys: async () => Promise.reject(), now, ip: '203.0.113.10' })
  const rows: Record<string, unknown>[] = []
  const create = async ({ data }: { data: Record<string, unknown> }) => void rows.push(data)
  const ignored = { create: async () => {} }
  const tx = { decision: { create }, uncountedDecision: ignored, unsealedRecord: ignored } as unknown as Tx
  const ctx = {
    ...{ now: () => new Date(now * 1000), requestId: newRequestId(), ip: '203.0.113.10' },
    userAgent: 'actions/oidc-client',
  } as unknown as Context
  const id = '6f1c2a7e-0d5b-4c57-9a43-1f2e3d4c5b6a'
  const input = { organizationId: id, identity: { id, name: 'payments-deployer' }, trust: { id, version: 3 } }
  const issued = verdict.accepted ? { accessTokenId: id } : {}
  await recordDecision(tx, ctx, { ...input, method: 'oidc', token, verdict, ...issued })
  const row = rows[0] ?? {}
  const size = Object.values(row).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value ?? '')), 0)
  return { verdict, row, size }
}

const githubClaims = (now: number) => ({
  ...{ jti: '1d3f6a1e-8a5a-4e6f-9a64-7a1ea3a5b2c4', sub: 'repo:acme-corporation/payments-service:ref:refs/heads/main' },
  ...{ aud: 'https://keybound.example', ref: 'refs/heads/main', sha: 'a3f5c1d2e4b6978801234567890abcdefabcdef0' },
  ...{ repository: 'acme-corporation/payments-service', repository_owner: 'acme-corporation', run_id: '7123456789' },
  ...{ run_number: '412', run_attempt: '1', repository_visibility: 'private', repository_id: '612345678' },
  ...{ actor_id: '1234567', actor: 'octocat', workflow: 'release', head_ref: '', base_ref: '', event_name: 'push' },
  ...{ ref_protected: 'true', ref_type: 'branch', repository_owner_id: '987654', runner_environment: 'github-hosted' },
  job_workflow_ref: 'acme-corporation/payments-service/.github/workflows/release.yml@refs/heads/main',
  job_workflow_sha: 'a3f5c1d2e4b6978801234567890abcdefabcdef0',
  workflow_ref: 'acme-corporation/payments-service/.github/workflows/release.yml@refs/heads/main',
  workflow_sha: 'a3f5c1d2e4b6978801234567890abcdefabcdef0',
  ...{ iss: 'https://token.actions.githubusercontent.com', nbf: now - 300, exp: now + 600, iat: now - 10 },
})

test('a refused login of GitHub Actions, whose tokens have many claims, takes no more than 2.5 KB', async () => {
  const refused = await rowOf({})
  expect(refused.verdict.decisive?.id).toBe('claim:job_workflow_ref')
  expect(refused.size).toBeLessThanOrEqual(2_500)
})

test('a token that its maker has filled up takes no more than 10 KB', async () => {
  const filled = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`filler_${at}`, 'é'.repeat(100)]))
  const { row, size } = await rowOf({ ...filled, sub: `repo:${'x'.repeat(1_000)}` }, { long: 'x'.repeat(1_500) })
  expect(size).toBeLessThanOrEqual(10_000)
  expect(JSON.parse(String(row.claims))['…']).toMatch(/more, not kept$/)
})

test('a text is not cut inside a character on its way into the row', async () => {
  const { row } = await rowOf({ sub: `${'a'.repeat(255)}🔑${'b'.repeat(300)}`, note: `${'a'.repeat(255)}🔑b` })
  for (const text of [row.subject, row.trace, row.claims]) {
    expect(text).not.toMatch(/\p{Cs}|\\ud8/u)
  }
})
