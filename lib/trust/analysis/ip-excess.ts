import { bitsOf, firstOf, type IpAddress, ipText, parseIpRange } from '../ip-range'

type Version = IpAddress['version']
type Interval = { first: bigint; last: bigint }

/** Returns an address that is in one of some ranges and in none of others; null = there is none. */
export function findAddressBeyond(ranges: readonly string[], others: readonly string[]): string | null {
  for (const version of [4, 6] as const) {
    const covered = intervalsOf(others, version)
    for (const { first, last } of intervalsOf(ranges, version)) {
      let next = first
      for (const interval of covered) if (interval.first <= next && interval.last >= next) next = interval.last + 1n
      if (next <= last) return ipText({ version, value: next })
    }
  }
  return null
}

/** The addresses of ranges as intervals in order, without those that no address of this version can have. */
function intervalsOf(ranges: readonly string[], version: Version): Interval[] {
  return ranges
    .flatMap((range) => {
      const parsed = parseIpRange(range)
      if (!parsed || parsed.version !== version) return []
      const prefix = parsed.prefix ?? bitsOf(parsed)
      const first = firstOf({ network: parsed, prefix }).value
      return withoutMapped({ first, last: first + (1n << BigInt(bitsOf(parsed) - prefix)) - 1n }, version)
    })
    .sort((one, other) => (one.first < other.first ? -1 : 1))
}

/** IPv6 addresses of `::ffff:0:0/96` are read as the IPv4 address inside (RFC 4291 §2.5.5.2). */
const mapped: Interval = { first: 0xffffn << 32n, last: (0xffffn << 32n) + 0xffffffffn }

function withoutMapped({ first, last }: Interval, version: Version): Interval[] {
  if (version === 4) return [{ first, last }]
  const before = { first, last: last < mapped.first ? last : mapped.first - 1n }
  const after = { first: first > mapped.last ? first : mapped.last + 1n, last }
  return [before, after].filter((interval) => interval.first <= interval.last)
}
