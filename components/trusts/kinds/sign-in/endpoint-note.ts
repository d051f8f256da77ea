/**
 * Returns a note on a JWT endpoint; null when there is none, or while it is no URL. Not an error: a gateway on this
 * machine has no TLS.
 * @param ownOrigin origin of this installation
 */
export function endpointNote(jwtEndpoint: string, ownOrigin: string): string | null {
  if (!URL.canParse(jwtEndpoint)) return null
  const { protocol, hostname, origin, pathname } = new URL(jwtEndpoint)
  if (origin === ownOrigin && pathname.startsWith('/idps/')) {
    return 'This is Keybound’s own address. Enter the page of your gateway; the gateway then calls the callback URL.'
  }
  if (protocol === 'http:' && !isLoopback(hostname)) {
    return 'Without TLS, an attacker between a browser and this page can sign in as its users. Use https.'
  }
  return null
}

const isLoopback = (hostname: string) => /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
