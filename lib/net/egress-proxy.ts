import { request } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'
import { EnvError } from '@/lib/env'
import { isPercentEncoded } from '@/lib/env-postgresql'
import { isInBlock, parseBlock, parseWrittenIp } from '@/lib/trust/ip-range'
import type { FetchFailure } from './destination'
import { failure } from './fetch-failure'

/** The proxy a URL is fetched through; null = none. The URL may carry a user name and password. */
export type ProxyFor = (url: URL) => URL | null

/**
 * The proxy by the environment of this process: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in lower case first. Of
 * `NO_PROXY` also ranges of addresses count (`10.0.0.0/8`), for hosts that are written as an address.
 */
export function proxyFromEnvironment(url: URL): URL | null {
  const named = getProxyForUrl(url)
  if (named === '' || isExcepted(url)) return null
  const scheme = url.protocol.slice(0, -1)
  const text = asProxyUrl(settingOf(`${scheme}_proxy`) || settingOf('all_proxy'))
  return URL.canParse(text) ? new URL(text) : new URL('unreadable:')
}

/**
 * Checks the variables of the environment that `proxyFromEnvironment` reads, so that a wrong one is told at the start and not by
 * the first fetch.
 * @throws EnvError naming the variable; never with its value, which may carry a password
 */
export function requireProxySettings(): void {
  for (const scheme of ['https', 'http']) {
    const name = [`${scheme}_proxy`, 'all_proxy']
      .flatMap((lower) => [lower, lower.toUpperCase()])
      .find((one) => process.env[one])
    if (name && !isProxy(process.env[name] ?? '')) {
      throw new EnvError(
        `${name} is not the URL of a proxy that can be used; set it to http://user:password@host:port (or https://), with user and password percent-encoded.`,
      )
    }
  }
  const wrong = settingOf('no_proxy')
    .split(/[\s,]+/)
    .find((entry) => entry.includes('/') && parseBlock(entry) === null)
  if (wrong === undefined) return
  throw new EnvError(`NO_PROXY has ${JSON.stringify(wrong)}; write a range as 10.0.0.0/8, and a host without a scheme.`)
}

function isProxy(text: string): boolean {
  const written = asProxyUrl(text)
  if (!URL.canParse(written)) return false
  const { protocol, hostname, username, password } = new URL(written)
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && [username, password].every(isPercentEncoded)
}

/** A proxy written without a scheme speaks plain http, whatever is fetched through it, as with curl. */
const asProxyUrl = (written: string) => (written.includes('://') ? written : `http://${written}`)

/** For people: without user name and password. */
export const proxyName = (proxy: URL): string => proxy.host || proxy.protocol

const settingOf = (name: string) => process.env[name] || process.env[name.toUpperCase()] || ''

function isExcepted(url: URL): boolean {
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const ip = parseWrittenIp(address)
  if (!ip) return false
  const blocks = settingOf('no_proxy')
    .split(/[\s,]+/)
    .map(parseBlock)
  return blocks.some((block) => block !== null && isInBlock(ip, block))
}

/** A proxy that does not do what is asked of it, in words that name no address. */
export class ProxyError extends Error {
  override name = 'ProxyError'
  constructor(readonly failure: FetchFailure) {
    super(failure.message)
  }
}

/** `Basic` credentials of a proxy's URL (RFC 7617); no header where it has none. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` }
}

/**
 * A connection to a proxy. Its address is the operator's choice, so it is not judged.
 * @throws ProxyError · the signal's reason
 */
export function connectProxy(proxy: URL, signal: AbortSignal): Promise<Socket> {
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') throw new ProxyError(unknownKind)
  const isTls = proxy.protocol === 'https:'
  const host = proxy.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(proxy.port || (isTls ? 443 : 80))
  return new Promise((resolve, reject) => {
    const socket = isTls
      ? connectTls({
          host,
          port,
          servername: isIP(host) === 0 ? host : '',
          rejectUnauthorized: true,
          ALPNProtocols: ['http/1.1'],
        })
      : connectTcp({ host, port, noDelay: true })
    const abort = () => {
      socket.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    socket.once(isTls ? 'secureConnect' : 'connect', () => resolve(socket))
    socket.on('error', () => reject(new ProxyError(proxyUnreachable)))
    socket.once('close', () => {
      signal.removeEventListener('abort', abort)
      reject(new ProxyError(proxyUnreachable))
    })
  })
}

/**
 * Asks the proxy for a tunnel to the host of `url` (RFC 9110 §9.3.6). The name is resolved by the proxy.
 * @throws ProxyError · the signal's reason
 */
export function openTunnel(socket: Socket, url: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`
  return new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, 'user-agent': 'Keybound', ...proxyAuthorization(proxy) },
      maxHeaderSize: 16 * 1024,
      signal,
    })
    outgoing.on('connect', ({ statusCode = 0 }, tunnel, head) => {
      if (statusCode < 200 || statusCode > 299) return reject(new ProxyError(proxyRefusal(statusCode)))
      if (head.length > 0) tunnel.unshift(head)
      resolve(tunnel)
    })
    outgoing.on('error', (cause) => reject(signal.aborted ? signal.reason : asProxyError(cause)))
    outgoing.on('close', () => reject(new ProxyError(proxyHungUp)))
    outgoing.end()
  })
}

const asProxyError = (cause: Error) =>
  new ProxyError('code' in cause && String(cause.code).startsWith('HPE_') ? notAProxy : proxyHungUp)

const viaProxy = (message: string, fix: string) =>
  failure('unreachable', `The key source cannot be reached: ${message}`, fix)

/** Explains a status other than 2xx of a proxy. */
export function proxyRefusal(status: number): FetchFailure {
  if (status === 407) {
    return viaProxy(
      'the egress proxy of this server asks for a sign-in (status 407).',
      'Write user name and password into HTTPS_PROXY (http://user:password@host:port), percent-encoded, and restart.',
    )
  }
  if ([502, 503, 504].includes(status)) {
    return viaProxy(
      `the egress proxy of this server could not connect to it (status ${status}).`,
      'Is the host of the URL right, and reachable from the proxy? List hosts of your own network in NO_PROXY.',
    )
  }
  return viaProxy(
    `the egress proxy of this server refuses it (status ${status}).`,
    'Allow the host and port of the URL in the proxy, or list the host in NO_PROXY if it is reachable without it.',
  )
}

const checkSetting = 'Check HTTPS_PROXY (HTTP_PROXY, ALL_PROXY), or list the host of the URL in NO_PROXY, and restart.'

const proxyUnreachable = viaProxy('the egress proxy of this server does not answer.', checkSetting)
const proxyHungUp = viaProxy('the egress proxy of this server closed the connection.', checkSetting)
const notAProxy = viaProxy('what is set as egress proxy of this server does not answer in HTTP.', checkSetting)
const unknownKind = viaProxy(
  'the egress proxy of this server is of a kind that is not used here.',
  'Set HTTPS_PROXY to a proxy that begins with http:// or https:// (SOCKS is not supported), and restart.',
)
