import { expect, test } from 'vitest'
import { verify } from '../engine/verify'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, vectors } from '../vectors'
import { shownVerdict, signIn } from '.'

test('a verdict for a sign-in promises no access token, whatever the trust would grant', async () => {
  const issuer = await createVectorIssuer({ now: 1_800_000_000 })
  for (const vector of vectors.filter(({ accepted }) => accepted)) {
    const { token, policy, keySets } = await vector.make(issuer)
    const verdict = await verify({
      token,
      trust: TrustPolicy.parse(policy),
      keys: async ({ url }) => ({ status: 'ok', keys: keySets[url] ?? [], fetchedAt: issuer.now, stale: null }),
      now: issuer.now,
      ip: '192.0.2.1',
    })
    const told = shownVerdict(signIn.kind, verdict)
    expect(told).toMatchObject({ accepted: true, grant: null })
    expect(told.checks.map(({ message }) => message).join()).not.toMatch(/access token/i)
    expect(told.checks.map(({ id }) => id)).toEqual(verdict.checks.map(({ id }) => id))
  }
})
