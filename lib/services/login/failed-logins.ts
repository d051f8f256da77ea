import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '@/lib/errors'

/**
 * Refused logins that an address may make in a minute: on one identity, and in all, so that guessing identities does not
 * fill the record of decisions either.
 */
const limits = [
  { limiter: makeLimiter('identity', 60), keyOf: (ip: string, identityId: string) => `${ip} ${identityId}` },
  { limiter: makeLimiter('address', 600), keyOf: (ip: string) => ip },
]

/** @throws AppError `too-many` while the address has been refused too often */
export async function requireFewRefusals(ip: string | null, identityId: string) {
  for (const { limiter, keyOf } of limits) {
    const spent = await limiter.get(keyOf(ip ?? 'unknown', identityId))
    if (spent && spent.consumedPoints >= limiter.points) throw tooMany(spent)
  }
}

/** Remembers a refusal. */
export async function countRefusal(ip: string | null, identityId: string) {
  for (const { limiter, keyOf } of limits) {
    await limiter.consume(keyOf(ip ?? 'unknown', identityId)).catch((rejection) => {
      if (!(rejection instanceof RateLimiterRes)) throw rejection
    })
  }
}

function makeLimiter(name: string, points: number) {
  return new RateLimiterMemory({ points, duration: 60, keyPrefix: `login-${name}` })
}

function tooMany(spent: RateLimiterRes) {
  const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
  return new AppError('too-many', `Too many refused logins from this address. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}
