import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '@/lib/errors'

/** Refused logins that one address may make on one identity in a minute. */
const refusalsPerMinute = 60

const limiter = new RateLimiterMemory({ points: refusalsPerMinute, duration: 60, keyPrefix: 'login' })

const keyOf = (ip: string | null, identityId: string) => `${ip ?? 'unknown'} ${identityId}`

/** @throws AppError `too-many` while the address has been refused too often on this identity */
export async function requireFewRefusals(ip: string | null, identityId: string) {
  const spent = await limiter.get(keyOf(ip, identityId))
  if (spent && spent.consumedPoints >= refusalsPerMinute) throw tooMany(spent)
}

/** Remembers a refusal. */
export async function countRefusal(ip: string | null, identityId: string) {
  await limiter.consume(keyOf(ip, identityId)).catch((rejection) => {
    if (!(rejection instanceof RateLimiterRes)) throw rejection
  })
}

function tooMany(spent: RateLimiterRes) {
  const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
  return new AppError('too-many', `Too many refused logins from this address. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}
