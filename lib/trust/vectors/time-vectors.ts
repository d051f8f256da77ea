import { accepted, refused, type Vector } from './vector'

/** Expiry, not-before, issue time and age of a token. */
export const timeVectors: Vector[] = [
  refused('exp', 'a token without an expiry is refused', { claims: () => ({ exp: undefined }) }),
  accepted('a token without an expiry is accepted where the trust says so', {
    claims: () => ({ exp: undefined }),
    policy: () => ({ lifetime: { requireExpiry: false } }),
  }),
  refused('exp', 'an expiry that is text is refused', { claims: ({ now }) => ({ exp: String(now + 300) }) }),
  refused('exp', 'an expiry that is text is refused even where none is required', {
    claims: ({ now }) => ({ exp: String(now + 300) }),
    policy: () => ({ lifetime: { requireExpiry: false } }),
  }),
  refused('exp', 'an expiry of null is refused', {
    claims: () => ({ exp: null }),
    policy: () => ({ lifetime: { requireExpiry: false } }),
  }),
  refused('exp', 'a negative expiry is refused', { claims: () => ({ exp: -1 }) }),
  refused('exp', 'an expired token is refused', { claims: ({ now }) => ({ exp: now - 60, iat: now - 120 }) }),
  accepted('a token that expired within the allowed skew is accepted', {
    claims: ({ now }) => ({ exp: now - 60, iat: now - 120 }),
    policy: () => ({ lifetime: { expirySkewSeconds: 300 } }),
  }),
  refused('exp', 'how far clocks may differ does not lengthen a token’s life', {
    claims: ({ now }) => ({ exp: now - 60, iat: now - 120 }),
    policy: () => ({ lifetime: { clockSkewSeconds: 300 } }),
  }),
  accepted('a token from a clock that is a little ahead is accepted unless the trust says otherwise', {
    claims: ({ now }) => ({ iat: now + 25, nbf: now + 25 }),
  }),
  refused('iat', 'a token from a clock that is ahead is refused where no skew is allowed', {
    claims: ({ now }) => ({ iat: now + 25, nbf: now - 10 }),
    policy: () => ({ lifetime: { clockSkewSeconds: 0 } }),
  }),
  refused('exp', 'an expiry in milliseconds is refused', { claims: ({ now }) => ({ exp: (now + 300) * 1000 }) }),
  refused('exp', 'an expiry in microseconds is refused', { claims: ({ now }) => ({ exp: (now + 300) * 1e6 }) }),
  refused('exp', 'an expiry in nanoseconds is refused', {
    claims: () => ({ exp: undefined }),
    claimsText: (text, { now }) => text.replace('{', `{"exp":${now + 300}000000000,`),
  }),
  refused('exp', 'an expiry beyond every calendar is refused', { claims: () => ({ exp: 1e300 }) }),
  refused('exp', 'an expiry that is a date as text is refused', { claims: () => ({ exp: '2999-01-01T00:00:00Z' }) }),
  refused('iat', 'an issue time in milliseconds is refused', { claims: ({ now }) => ({ iat: (now - 10) * 1000 }) }),
  refused('nbf', 'a not-before in milliseconds is refused', { claims: ({ now }) => ({ nbf: (now - 10) * 1000 }) }),
  accepted('an expiry in the year 9999 is one', { claims: () => ({ exp: 253402300799 }) }),
  accepted('a fraction of a second is accepted', { claims: ({ now }) => ({ iat: now - 10.5, exp: now + 300.25 }) }),
  refused('nbf', 'a token that is not yet valid is refused', {
    claims: ({ now }) => ({ nbf: now + 600, exp: now + 900 }),
  }),
  refused('nbf', 'a not-before that is text is refused', { claims: () => ({ nbf: 'soon' }) }),
  refused('iat', 'a token issued in the future is refused', {
    claims: ({ now }) => ({ iat: now + 600, exp: now + 900 }),
  }),
  refused('iat', 'an issue time that is an object is refused', { claims: () => ({ iat: {} }) }),
  refused('age', 'a token that is too old is refused', {
    claims: ({ now }) => ({ iat: now - 7200 }),
    policy: () => ({ lifetime: { tokenAgeSecondsMax: 3600 } }),
  }),
  refused('age', 'a token without an issue time is refused where age counts', {
    claims: () => ({ iat: undefined }),
    policy: () => ({ lifetime: { tokenAgeSecondsMax: 3600 } }),
  }),
  refused('exp', 'an expired token for another audience is refused for its age', {
    claims: ({ now }) => ({ exp: now - 60, iat: now - 120, iss: 'https://other.example' }),
  }),
]
