import { EnvError } from '@/lib/env'
import { classifyAddress } from '@/lib/trust/host-address'
import { bitsOf, firstOf, type IpBlock, ipText, isInBlock, parseWrittenIp } from '@/lib/trust/ip-range'

/**
 * One entry of `KEY_FETCH_ALLOWED_ORIGINS` or `WEBHOOK_ALLOWED_ORIGINS`.
 * - An origin (`http://127.0.0.1:5001`) allows exactly that scheme, host and port: plain http where it says so, and
 *   whatever address the host has.
 * - A range (`10.0.0.0/8`, `fd00::/8`, or a bare address) allows these addresses under any name and port, over https
 *   and over plain http.
 * Neither opens a cloud's metadata service by accident: that wants its own address, as an origin or as a single-address
 * range. A translated address (NAT64, 6to4 …) is allowed by a range only if the IPv4 address inside is public or
 * allowed as well.
 */
export type AllowedOrigin = { kind: 'origin'; origin: string; hostname: string } | { kind: 'range'; block: IpBlock }

/**
 * Reads such a setting: entries separated by commas or white space; '' allows nothing.
 * @throws EnvError naming every entry that is neither an origin nor a range, and how to write it
 */
export function parseAllowedOrigins(text: string, setting = 'KEY_FETCH_ALLOWED_ORIGINS'): AllowedOrigin[] {
  const read = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(readEntry)
  const problems = read.filter((entry) => typeof entry === 'string')
  if (problems.length > 0) throw new EnvError(`${setting}: ${problems.join('; ')}.`)
  return read.filter((entry) => typeof entry !== 'string')
}

/** Whether an origin is listed: same scheme, host and port. */
export function isAllowedOrigin(url: URL, allowed: readonly AllowedOrigin[]): boolean {
  return allowed.some((entry) => entry.kind === 'origin' && entry.origin === url.origin)
}

/** Whether `address`, reached through the origin of `url`, is allowed although it is not public. */
export function isAllowedAddress(address: string, url: URL, allowed: readonly AllowedOrigin[]): boolean {
  return allowed.some((entry) =>
    entry.kind === 'origin' ? liftsThere(entry, address, url) : covers(entry, address, allowed),
  )
}

function liftsThere(entry: Extract<AllowedOrigin, { kind: 'origin' }>, address: string, url: URL): boolean {
  if (entry.origin !== url.origin) return false
  if (parseWrittenIp(unbracketed(entry.hostname))) return true
  // The name's DNS could be pointed at the metadata service; the operator meant a host of their own.
  const verdict = classifyAddress(address)
  return verdict.public || !neverByName.includes(verdict.kind)
}

const neverByName = ['cloud-metadata', 'link-local', 'multicast', 'broadcast', 'unspecified', 'not-an-address']

function covers(
  { block }: Extract<AllowedOrigin, { kind: 'range' }>,
  address: string,
  allowed: readonly AllowedOrigin[],
): boolean {
  const ip = parseWrittenIp(address)
  if (!ip || !isInBlock(ip, block)) return false
  const single = block.prefix === bitsOf(block.network)
  const verdict = classifyAddress(address)
  if (verdict.public || single) return true
  if (verdict.kind === 'cloud-metadata') return false
  const { embedded } = verdict
  if (embedded === undefined) return true
  return (
    classifyAddress(embedded).public ||
    allowed.some((entry) => entry.kind === 'range' && covers(entry, embedded, allowed))
  )
}

/** The entry, or a clause that says what is wrong with it. */
function readEntry(entry: string): AllowedOrigin | string {
  // Start-up messages end in logs.
  const shown = JSON.stringify(entry.replace(/\/\/.*@/, '//…@'))
  if (entry.includes('://')) return readOrigin(entry, shown)
  const [address = '', bits, ...more] = entry.split('/')
  const network = parseWrittenIp(unbracketed(address))
  if (!network || more.length > 0) {
    return `${shown} is neither an origin such as http://127.0.0.1:5001 nor a range such as 10.0.0.0/8`
  }
  const bitsMax = bitsOf(network)
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax)) {
    return `${shown} needs a prefix length from 0 to ${bitsMax} after the slash`
  }
  const block = { network, prefix: bits === undefined ? bitsMax : Number(bits) }
  const first = firstOf(block)
  if (first.value !== network.value) {
    return `${shown} has bits set after the prefix; write ${ipText(first)}/${block.prefix}`
  }
  return { kind: 'range', block }
}

function readOrigin(entry: string, shown: string): AllowedOrigin | string {
  if (!URL.canParse(entry)) return `${shown} is not a URL`
  const url = new URL(entry)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${shown} must begin with http:// or https://`
  if (url.username || url.password) return `${shown} must not carry a user name or password`
  if (url.pathname !== '/' || url.search || url.hash) return `${shown} has a path; write only ${url.origin}`
  if (url.hostname.includes('*')) return `${shown} has a wildcard; list each host, or a range of addresses`
  return { kind: 'origin', origin: url.origin, hostname: url.hostname }
}

const unbracketed = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1')
