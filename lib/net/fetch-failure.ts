import { X509Certificate } from 'node:crypto'
import type { KeySetFailure } from '@/lib/trust/key-sources/key-source'
import { wordCertificateProblem } from './certificate-failure'
import type { PeerCertificates } from './certificates'
import type { FetchFailure } from './destination'

type Words = Omit<FetchFailure, 'ok'>

/**
 * Puts an error of the resolver, the connection or the TLS handshake into words an unauthenticated caller may read: no
 * host name, no address. Which code means what: Node's DNS, errno and X509 error tables.
 */
export function wordError(cause: unknown, { caCerts = [] }: { caCerts?: readonly string[] } = {}): FetchFailure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const context = { caCerts, presented: presentedIn(cause), names: namesIn(cause), now: Date.now() }
  const certificate = wordCertificateProblem(code, context)
  if (certificate) return { ok: false, reason: 'tls-untrusted', ...certificate }
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) return { ok: false, ...noHandshake }
  if (code.startsWith('HPE_')) return { ok: false, ...noHttp }
  return { ok: false, ...(connectionProblems.get(code) ?? unreachable()) }
}

/** Certificates that the host presented, as `pinnedRequest` attaches them, and the names of the first. */
const presentedIn = (cause: unknown): PeerCertificates =>
  cause instanceof Error && 'presented' in cause && Array.isArray(cause.presented)
    ? cause.presented.filter((one) => one instanceof X509Certificate)
    : []
const namesIn = (cause: unknown): string | undefined => presentedIn(cause)[0]?.subjectAltName

/** A failure in the shape the guard answers with. */
export const failure = (reason: KeySetFailure, message: string, fix: string): FetchFailure => ({
  ok: false,
  reason,
  message,
  fix,
})

export const timedOut = (seconds: number) =>
  failure(
    'timed-out',
    `The key source did not answer completely within ${seconds} seconds.`,
    'Check that the host is reachable from this server and not overloaded.',
  )

const unreachable = (why = ''): Words => ({
  reason: 'unreachable',
  message: `The key source cannot be reached${why}.`,
  fix: 'Is the URL right, and reachable from this server? Private addresses must be listed in KEY_FETCH_ALLOWED_ORIGINS.',
})

const unresolved = unreachable(': its host name could not be resolved')

const connectionProblems = new Map<string, Words>([
  ['ENOTFOUND', unreachable(': its host name is not known')],
  ['ENODATA', unresolved],
  ['EAI_AGAIN', unresolved],
  ['ESERVFAIL', unresolved],
  ['ECONNREFUSED', unreachable(': the connection was refused')],
  ['ECONNRESET', unreachable(': the connection was closed before the answer came')],
  ['EPIPE', unreachable(': the connection was closed before the answer came')],
  ['EHOSTUNREACH', unreachable(': there is no route to it')],
  ['ENETUNREACH', unreachable(': there is no route to it')],
])

const noHandshake: Words = {
  reason: 'unreachable',
  message: 'The key source cannot be reached: no TLS connection could be agreed on.',
  fix: 'Does the host speak https (TLS 1.2 or newer) on this port? If it is plain http, list its origin in KEY_FETCH_ALLOWED_ORIGINS.',
}

const noHttp: Words = {
  reason: 'unreachable',
  message: 'The key source does not answer in HTTP that can be read.',
  fix: 'Is it a web server, and is the port of the URL right?',
}
