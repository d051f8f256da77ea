import { parseIp } from '@/lib/trust/ip-range'

/** By what attempts of an address are counted: an IPv4 address, or the IPv6 network of 64 bits one customer is given. */
export function addressKey(ip: string | null): string {
  const parsed = ip === null ? null : parseIp(ip)
  if (!parsed) return 'unknown'
  return parsed.version === 4 ? `4/${parsed.value}` : `6/${parsed.value >> 64n}`
}
