/** What the test issuer signs with; loaded when it is opened. */
export { claimsProblem, makeTestKey, signTestToken } from '@/lib/client/test-token'
export { breakTestToken } from '@/lib/client/token-breakages'
export { sampleClaims, testTokenSeconds } from './sample-claims'
