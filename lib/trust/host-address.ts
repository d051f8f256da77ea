import { type IpAddress, type IpBlock, ipText, isInBlock, parseBlock, parseWrittenIp } from './ip-range'

/** Whether an address is on the public internet, or reached only from this machine or its networks. */
export type AddressVerdict =
  | { public: true }
  | {
      public: false
      kind: AddressKind
      /** The document that reserves it. */
      rfc: string
      /** The IPv4 address a translation prefix carries: where packets would really go. */
      embedded?: string
    }

export type AddressKind =
  | (typeof specialAddresses)[number]['kind']
  | (typeof specialNames)[number]['kind']
  | 'not-an-address'

/**
 * Classifies an IP address. Only plain text forms are taken (dotted decimal with four parts, RFC 4291 §2.2);
 * whatever else a URL may spell is normalised by `new URL` before it comes here. Fails closed: unknown is not public.
 */
export function classifyAddress(address: string): AddressVerdict {
  // A zone id (RFC 4007) says which interface to leave by; the address is judged without it.
  const bare = address.split('%', 1)[0] ?? ''
  const ip = parseWrittenIp(bare)
  if (!ip) return { public: false, kind: 'not-an-address', rfc: 'RFC 4291' }
  const found = specialAddresses.find(({ block }) => isInBlock(ip, block))
  if (!found) return ip.version === 4 || isInBlock(ip, globalUnicast) ? { public: true } : unallocated
  const { kind, rfc, embeds } = found
  return embeds ? { public: false, kind, rfc, embedded: ipText(embeds(ip)) } : { public: false, kind, rfc }
}

/**
 * Classifies a host as far as its spelling tells. `hostname` as `new URL` gives it, IPv6 in brackets. A name
 * that is not special is answered `public: true`, and still has to be resolved and its addresses judged.
 */
export function classifyHost(hostname: string): AddressVerdict {
  const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  if (parseWrittenIp(literal)) return classifyAddress(literal)
  const name = hostname.toLowerCase().replace(/\.$/, '')
  const found = specialNames.find((special) => name === special.name || name.endsWith(`.${special.name}`))
  return found ? { public: false, kind: found.kind, rfc: found.rfc } : { public: true }
}

type Embeds = (ip: IpAddress) => IpAddress

/** Returns the IPv4 address in four bytes of an IPv6 address. */
const v4At =
  (offset: number): Embeds =>
  ({ value }) => ({ version: 4, value: BigInt.asUintN(32, value >> BigInt(96 - 8 * offset)) })

/** Returns the IPv4 address in the last bytes, where every bit is inverted (RFC 4380 §4). */
const invertedV4: Embeds = ({ value }) => ({ version: 4, value: BigInt.asUintN(32, ~value) })

const special = <Kind extends string>(cidr: string, kind: Kind, rfc: string, embeds?: Embeds) => ({
  block: blockOf(cidr),
  kind,
  rfc,
  embeds,
})

/** @throws TypeError for a row of the tables below that is no CIDR notation */
function blockOf(cidr: string): IpBlock {
  const block = parseBlock(cidr)
  if (!block) throw new TypeError(`${cidr} is no block of addresses`)
  return block
}

/**
 * IANA's special-purpose registries (RFC 6890), and the metadata services of the clouds. The first match wins, so the
 * narrower row comes first. Anycast services inside these blocks (RFC 7723, 8155) serve no keys and stay refused.
 */
const specialAddresses = [
  special('169.254.169.254/32', 'cloud-metadata', 'RFC 3927'), // AWS, Google, Azure, Oracle, DigitalOcean
  special('169.254.170.2/32', 'cloud-metadata', 'RFC 3927'), // AWS ECS task credentials
  special('169.254.170.23/32', 'cloud-metadata', 'RFC 3927'), // AWS EKS pod identity
  special('100.100.100.200/32', 'cloud-metadata', 'RFC 6598'), // Alibaba
  special('168.63.129.16/32', 'cloud-metadata', 'Azure WireServer'), // public by its number, the host by its place
  special('192.0.0.192/32', 'cloud-metadata', 'RFC 6890'), // Oracle classic
  special('fd00:ec2::254/128', 'cloud-metadata', 'RFC 4193'), // AWS
  special('fd00:ec2::23/128', 'cloud-metadata', 'RFC 4193'), // AWS EKS pod identity
  special('fd20:ce::254/128', 'cloud-metadata', 'RFC 4193'), // Google
  special('fd00:42::42/128', 'cloud-metadata', 'RFC 4193'), // Scaleway

  special('0.0.0.0/8', 'unspecified', 'RFC 1122 §3.2.1.3'), // Linux connects 0.0.0.0 to itself
  special('10.0.0.0/8', 'private', 'RFC 1918'),
  special('100.64.0.0/10', 'carrier-nat', 'RFC 6598'),
  special('127.0.0.0/8', 'loopback', 'RFC 1122 §3.2.1.3'),
  special('169.254.0.0/16', 'link-local', 'RFC 3927'),
  special('172.16.0.0/12', 'private', 'RFC 1918'),
  special('192.0.0.0/24', 'protocol-assignment', 'RFC 6890 §2.1'),
  special('192.0.2.0/24', 'documentation', 'RFC 5737'),
  special('192.88.99.0/24', '6to4', 'RFC 7526'),
  special('192.168.0.0/16', 'private', 'RFC 1918'),
  special('198.18.0.0/15', 'benchmarking', 'RFC 2544'),
  special('198.51.100.0/24', 'documentation', 'RFC 5737'),
  special('203.0.113.0/24', 'documentation', 'RFC 5737'),
  special('224.0.0.0/4', 'multicast', 'RFC 5771'),
  special('255.255.255.255/32', 'broadcast', 'RFC 919'),
  special('240.0.0.0/4', 'reserved', 'RFC 1112 §4'),

  special('::/128', 'unspecified', 'RFC 4291 §2.5.2'),
  special('::1/128', 'loopback', 'RFC 4291 §2.5.3'),
  special('::/96', 'v4-compatible', 'RFC 4291 §2.5.5.1', v4At(12)),
  special('::ffff:0:0/96', 'v4-mapped', 'RFC 4291 §2.5.5.2', v4At(12)),
  special('::ffff:0:0:0/96', 'v4-translated', 'RFC 2765 §2.1', v4At(12)),
  special('64:ff9b::/96', 'nat64', 'RFC 6052', v4At(12)),
  special('64:ff9b:1::/48', 'nat64', 'RFC 8215', v4At(12)), // any length is allowed inside; /96 is what is used
  special('100::/64', 'discard', 'RFC 6666'),
  special('2001::/32', 'teredo', 'RFC 4380', invertedV4),
  special('2001:2::/48', 'benchmarking', 'RFC 5180'),
  special('2001:db8::/32', 'documentation', 'RFC 3849'),
  special('2001::/23', 'protocol-assignment', 'RFC 2928'),
  special('2002::/16', '6to4', 'RFC 3056', v4At(2)),
  special('3fff::/20', 'documentation', 'RFC 9637'),
  special('fc00::/7', 'private', 'RFC 4193'),
  special('fe80::/10', 'link-local', 'RFC 4291 §2.5.6'),
  special('fec0::/10', 'site-local', 'RFC 3879'),
  special('ff00::/8', 'multicast', 'RFC 4291 §2.7'),
]

/** The only eighth of IPv6 that has been allocated (RFC 4291 §2.4, IANA). */
const globalUnicast = blockOf('2000::/3')
const unallocated: AddressVerdict = { public: false, kind: 'reserved', rfc: 'RFC 4291 §2.4' }

/** Names that never mean a host on the public internet, whatever a resolver answers (IANA special-use domain names). */
const specialNames = [
  { name: 'localhost', kind: 'loopback', rfc: 'RFC 6761 §6.3' },
  { name: 'local', kind: 'link-local', rfc: 'RFC 6762 §3' },
  { name: 'home.arpa', kind: 'private', rfc: 'RFC 8375' },
  { name: 'metadata.google.internal', kind: 'cloud-metadata', rfc: 'ICANN SAC113' },
  { name: 'internal', kind: 'private', rfc: 'ICANN SAC113' },
] as const
