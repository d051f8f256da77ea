import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { addressKey } from '../address-key'
import { tooMany } from '../attempts'

/**
 * Refused logins that an address may make in a minute: on one identity, and in all, so that guessing identities does not
 * fill the record of decisions either.
 */
const limits = [
  { limiter: makeLimiter('identity', 60), keyOf: (address: string, identityId: string) => `${address} ${identityId}` },
  { limiter: makeLimiter('address', 600), keyOf: (address: string) => address },
]

/** @throws AppError `too-many` while the address has been refused too often */
export async function requireFewRefusals(ip: string | null, identityId: string) {
  for (const { limiter, keyOf } of limits) {
    const spent = await limiter.get(keyOf(addressKey(ip), identityId))
    if (spent && spent.consumedPoints >= limiter.points) throw tooMany('refused logins from this address', spent)
  }
}

/** Remembers a refusal. */
export async function countRefusal(ip: string | null, identityId: string) {
  for (const { limiter, keyOf } of limits) {
    await limiter.consume(keyOf(addressKey(ip), identityId)).catch((rejection) => {
      if (!(rejection instanceof RateLimiterRes)) throw rejection
    })
  }
}

function makeLimiter(name: string, points: number) {
  return new RateLimiterMemory({ points, duration: 60, keyPrefix: `login-${name}` })
}
