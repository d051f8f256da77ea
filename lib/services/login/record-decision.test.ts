import { expect, test } from 'vitest'
import { TrustPolicy } from '@/lib/trust/trust'
import { createVectorIssuer } from '@/lib/trust/vectors'
import { verify } from '@/lib/trust/verify'
import { maskedTrace } from './record-decision'

test('what a rule saw of a person or a secret is not kept in the trace', async () => {
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
