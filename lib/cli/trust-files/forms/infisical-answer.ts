import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/trust/json/json'
import { without } from '../form'

/** Members of an answer that a body does not have. Addresses become texts as a body has them. */
export function withoutAnswerMembers(members: JsonObject): JsonObject {
  const rest = without(members, ['id', 'identityId', 'accessTokenPeriod', 'createdAt', 'updatedAt'])
  const { accessTokenTrustedIps: ips } = rest
  return Array.isArray(ips) ? { ...rest, accessTokenTrustedIps: ips.map(toSentIp) } : rest
}

function toSentIp(ip: JsonValue): JsonValue {
  if (!isJsonObject(ip) || !('type' in ip)) return ip
  const { ipAddress, prefix } = ip
  return { ipAddress: prefix === undefined ? (ipAddress ?? null) : `${String(ipAddress)}/${String(prefix)}` }
}
