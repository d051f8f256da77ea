import { parseIp } from '@/lib/trust/ip-range'

/** The key by which attempts of an address are counted: an IPv4 address, or the /64 of an IPv6 address. */
export function addressKey(ip: string | null): string {
  const parsed = ip === null ? null : parseIp(ip)
  if (!parsed) return 'unknown'
  return parsed.version === 4 ? `4/${parsed.value}` : `6/${parsed.value >> 64n}`
}
