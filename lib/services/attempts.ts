import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '@/lib/errors'

/** Counts attempts of one kind by a key, and says when there were too many. Per process. */
export function attempts(name: string, { points, seconds }: { points: number; seconds: number }) {
  const limiter = new RateLimiterMemory({ points, duration: seconds, keyPrefix: name })
  return {
    /** Counts one. @throws AppError `too-many` */
    async count(key: string) {
      await limiter.consume(key).catch(refuse)
    },
    async forget(key: string) {
      await limiter.delete(key)
    },
  }
}

function refuse(rejection: unknown): never {
  throw rejection instanceof RateLimiterRes ? tooMany('attempts', rejection) : rejection
}

/** The refusal of whoever did too much of something, with when to come back. */
export function tooMany(what: string, { msBeforeNext }: RateLimiterRes): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  return new AppError('too-many', `Too many ${what}. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds })
}
