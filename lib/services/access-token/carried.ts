import { isJsonObject, type JsonObject, parseJson } from '@/lib/trust/json/json'
import { dead } from './read-access-token'

/**
 * What an access token says beyond who, where and when, as its row keeps it; integers beyond 2^53 are bigint.
 * @throws AppError `unauthenticated` where it cannot be read: without its roles the token would say something else
 */
export function requireCarried({ claims }: { claims: string | null }): JsonObject {
  if (claims === null) return {}
  const parsed = parseJson(claims)
  if (parsed.ok && isJsonObject(parsed.value)) return parsed.value
  throw dead('What is stored of the access token cannot be read. Log in again.', 'token_unknown')
}
