import { expect, test } from 'vitest'
import { TrustDraft } from '../trust'
import { findingsOf } from './posture'
import { presetOfTrust } from './preset-of-trust'
import type { JudgedPolicy } from './subject'

const issuer = 'https://token.actions.githubusercontent.com'
const aud = { path: 'aud', matcher: { kind: 'equals-any' as const, values: ['https://keybound.acme.dev'] } }

function idsOf(...rules: object[]): string[] {
  const draft = TrustDraft.parse({
    ...{ kind: 'jwt', name: 'ci', issuer, options: {} },
    keys: [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks` }],
    rules,
    grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
  })
  const policy: JudgedPolicy = draft
  const found = findingsOf({ policy, preset: presetOfTrust(policy), now: 1_800_000_000 })
  return found.map(({ rule }) => rule)
}

test.each(['sub', 'aud', 'repository_id', 'repository'])(
  'a rule that %s is there leaves it as open as no rule',
  (path) => {
    const others = path === 'aud' ? [] : [aud]
    expect(idsOf(...others, { path, matcher: { kind: 'exists' } })).toEqual(idsOf(...others))
  },
)
