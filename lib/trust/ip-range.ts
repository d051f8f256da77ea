import { z } from 'zod'
import { keptAnswers } from './kept-answers'

/** An IP address as a number. */
export type IpAddress = { version: 4 | 6; value: bigint }

/** An address or CIDR range. `address` is kept as typed, `prefix` is null for a lone address. */
export type ParsedIpRange = IpAddress & { address: string; prefix: number | null }

/** An IPv4 or IPv6 address or a CIDR range, kept as typed. Bits beyond the prefix may be set; they are ignored. */
export const IpRange = z
  .string()
  .max(64)
  .refine((text) => parseIpRange(text) !== null, {
    error: 'Give an IP address or a CIDR range, for example 10.0.0.0/8 or 2001:db8::/32',
  })
  .meta({ examples: ['10.0.0.0/8', '2001:db8::/32'] })
export type IpRange = z.output<typeof IpRange>

/**
 * Returns the address that a text spells, or null. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is the IPv4 address
 * inside. Strict: no leading zeros (`010` is 8 to some readers), no zone, no blanks.
 */
export function parseIp(text: string): IpAddress | null {
  const ip = parseWrittenIp(text)
  return ip?.version === 6 && isMapped(ip.value) ? { version: 4, value: ip.value & 0xffffffffn } : ip
}

/** As `parseIp`, but a mapped address stays the IPv6 address that is written. */
export function parseWrittenIp(text: string): IpAddress | null {
  const v4 = parseIpv4(text)
  if (v4 !== null) return { version: 4, value: v4 }
  const v6 = parseIpv6(text)
  return v6 === null ? null : { version: 6, value: v6 }
}

/** A block of addresses: those whose first `prefix` bits are those of `network`. */
export type IpBlock = { network: IpAddress; prefix: number }

/** Returns the block that a text in CIDR notation spells as written, or null; bits beyond the prefix may be set. */
export function parseBlock(text: string): IpBlock | null {
  const [address = '', bits = '', ...more] = text.split('/')
  const network = parseWrittenIp(address)
  if (!network || more.length > 0 || !isNumber(bits) || Number(bits) > bitsOf(network)) return null
  return { network, prefix: Number(bits) }
}

/** Whether an address is in a block of the same version. */
export function isInBlock({ version, value }: IpAddress, { network, prefix }: IpBlock): boolean {
  const hostBits = BigInt(bitsOf(network) - prefix)
  return version === network.version && value >> hostBits === network.value >> hostBits
}

/** Returns the first address of a block. */
export function firstOf({ network, prefix }: IpBlock): IpAddress {
  const hostBits = BigInt(bitsOf(network) - prefix)
  return { ...network, value: (network.value >> hostBits) << hostBits }
}

/** Returns an address as text: dotted decimal, or eight groups of hexadecimal digits. */
export function ipText({ version, value }: IpAddress): string {
  const [groups, bits, radix] = version === 4 ? [4, 8, 10] : [8, 16, 16]
  const parts = Array.from({ length: groups }, (_, at) =>
    BigInt.asUintN(bits, value >> BigInt(bits * (groups - 1 - at))),
  )
  return parts.map((part) => part.toString(radix)).join(version === 4 ? '.' : ':')
}

/** Returns the range that a text spells, or null. A mapped range (`::ffff:10.0.0.0/104`) is the IPv4 range inside. */
export function parseIpRange(text: string): ParsedIpRange | null {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const ip = parseIp(address)
  if (!ip) return null
  if (slash < 0) return { ...ip, address, prefix: null }
  const prefixText = text.slice(slash + 1)
  if (!isNumber(prefixText)) return null
  const mapped = ip.version === 4 && address.includes(':')
  const prefix = Number(prefixText) - (mapped ? 96 : 0)
  return prefix < 0 || prefix > bitsOf(ip) ? null : { ...ip, address, prefix }
}

/** Whether an address lies in a range; false when either is no valid text. */
export function ipInRange(ip: string, range: string): boolean {
  const address = parseIp(ip)
  const parsed = knownRanges(range, parseIpRange)
  return (
    address !== null &&
    parsed !== null &&
    isInBlock(address, { network: parsed, prefix: parsed.prefix ?? bitsOf(parsed) })
  )
}

/** Parsed ranges of trusts, which every login uses. */
const knownRanges = keptAnswers<ParsedIpRange | null>(1_000, 64)

/** How many bits an address of this version has. */
export const bitsOf = ({ version }: Pick<IpAddress, 'version'>) => (version === 4 ? 32 : 128)

/** Whether a text is a number of up to three digits without leading zeros. */
const isNumber = (text: string) => /^(?:0|[1-9][0-9]{0,2})$/.test(text)

const isMapped = (value: bigint) => value >> 32n === 0xffffn

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let value = 0n
  for (const part of parts) {
    if (!isNumber(part) || Number(part) > 255) return null
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parseIpv6(text: string): bigint | null {
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  const [head, tail] = groups
  if (!head || tail === null) return null
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const all = [...head, ...Array.from({ length: tail ? missing : 0 }, () => 0), ...(tail ?? [])]
  return all.reduce((value, group) => (value << 16n) | BigInt(group), 0n)
}

/** The 16-bit groups of one side of `::`; the last side may end in a dotted IPv4 address. */
function groupsOf(text: string, isLast: boolean): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16))
      continue
    }
    const v4 = isLast && index === parts.length - 1 ? parseIpv4(part) : null
    if (v4 === null) return null
    groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
  }
  return groups
}
