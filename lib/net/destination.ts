import { isIP } from 'node:net'
import { classifyAddress, classifyHost } from '@/lib/trust/host-address'
import type { KeySetFailure } from '@/lib/trust/key-sources/key-source'
import { type AllowedOrigin, isAllowedAddress, isAllowedOrigin } from './allow-list'

/** Every address of a host name, IPv4 and IPv6, as text. Rejects when there is none. */
export type Lookup = (hostname: string) => Promise<string[]>

/** Why something could not be fetched: in words that name no address, and what to do about it. */
export type FetchFailure = { ok: false; reason: KeySetFailure; message: string; fix: string }

/** A URL that may be fetched, and the only addresses it may be fetched from. */
export type Destination = { ok: true; url: URL; hostname: string; addresses: string[] }

type Rules = {
  allowed: readonly AllowedOrigin[]
  lookup: Lookup
  /** Whether a URL is fetched through a proxy, which resolves its name: then only the name can be judged. */
  isProxied?: (url: URL) => boolean
}

/**
 * May this server fetch `href`, and from where? Resolves the name once; every address has to be public or allowed, since
 * a name with one private address could be steered there. The answer's `addresses` are what the connection is pinned to.
 * A rejection of `lookup` is passed on.
 */
export async function findDestination(
  href: string,
  { allowed, lookup, isProxied = () => false }: Rules,
): Promise<Destination | FetchFailure> {
  if (!URL.canParse(href))
    return refused('The key source is not a valid URL.', 'Give a full URL that begins with https://.')
  const url = new URL(href)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused('Keys are fetched over https only.', 'Give a URL that begins with https://.')
  }
  if (url.username || url.password) {
    return refused(
      'The key source’s URL carries a user name or password.',
      'Remove it from the URL; public keys need no password.',
    )
  }
  const plain = url.protocol === 'http:'
  const listed = isAllowedOrigin(url, allowed)
  const hasRanges = allowed.some((entry) => entry.kind === 'range')
  if (plain && !listed && !hasRanges) return httpsOnly

  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const special = !classifyHost(url.hostname).public
  // A name that can only be internal is not even asked of the resolver unless the operator opened something.
  if (special && !listed && !hasRanges) return notPublic
  const proxied = isProxied(url)
  if (proxied && isIP(hostname) === 0) {
    if (special && !listed) return notPublic
    if (plain && !listed) return httpsOnly
    return { ok: true, url, hostname, addresses: [] }
  }
  const addresses = isIP(hostname) === 0 ? await lookup(hostname) : [hostname]
  const distinct = [...new Set(addresses)]
  const lifted = (address: string) => isAllowedAddress(address, url, allowed)

  if (distinct.length === 0 || !distinct.every((address) => classifyAddress(address).public || lifted(address)))
    return notPublic
  if (special && !distinct.every(lifted)) return notPublic
  if (plain && !listed && !distinct.every(lifted)) return httpsOnly
  return { ok: true, url, hostname, addresses: distinct }
}

const refused = (message: string, fix: string): FetchFailure => ({ ok: false, reason: 'address-refused', message, fix })

const notPublic = refused(
  'The key source is not at a public address, so this server does not fetch from it.',
  'If the host is yours, list its origin or address range in KEY_FETCH_ALLOWED_ORIGINS and restart; otherwise use a public URL or static keys.',
)

const httpsOnly = refused(
  'Keys are fetched over https only.',
  'Use the https URL, or list this origin in KEY_FETCH_ALLOWED_ORIGINS and restart if plain http is what you want.',
)
