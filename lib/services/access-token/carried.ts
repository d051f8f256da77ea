import { isJsonObject, type JsonObject, parseJson } from '@/lib/trust/json'

/** What an access token says beyond who, where and when, as its row keeps it; integers beyond 2^53 are bigint. */
export function readCarried(claims: string | null): JsonObject {
  const parsed = claims === null ? null : parseJson(claims)
  return parsed?.ok && isJsonObject(parsed.value) ? parsed.value : {}
}
