import { toPublished } from '@/lib/trust/published-trust'
import type { Trust } from '@/lib/trust/trust'
import { etag } from '../../preconditions'

/** Answers a trust, with its version as the `ETag`. */
export const trustReply = (trust: Trust) => ({ body: toPublished(trust), headers: etag(trust) })
