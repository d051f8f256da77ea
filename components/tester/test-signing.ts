/** What the test issuer signs with; loaded when it is opened. */
export { breakTestToken, claimsProblem, makeTestKey, signTestToken } from '@/lib/client/test-token'
export { sampleClaims, testTokenSeconds } from './sample-claims'
