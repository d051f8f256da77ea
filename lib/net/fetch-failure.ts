import type { KeySetFailure } from '@/lib/trust/key-sources/key-source'
import type { FetchFailure } from './destination'

type Words = Omit<FetchFailure, 'ok'>

/**
 * Puts an error of the resolver, the connection or the TLS handshake into words an unauthenticated caller may read: no
 * host name, no address. Which code means what: Node's DNS, errno and X509 error tables.
 */
export function wordError(cause: unknown, { caGiven }: { caGiven: boolean }): FetchFailure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const certificate = certificateProblems.get(code)
  if (certificate) return { ok: false, reason: 'tls-untrusted', ...certificate(caGiven) }
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) return { ok: false, ...noHandshake }
  if (code.startsWith('HPE_')) return { ok: false, ...noHttp }
  return { ok: false, ...(connectionProblems.get(code) ?? unreachable()) }
}

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

type CertificateWords = (caGiven: boolean) => { message: string; fix: string }

const unknownAuthority: CertificateWords = (caGiven) => ({
  message: caGiven
    ? 'The key source’s TLS certificate is not signed by the CA certificate given for it.'
    : 'The key source’s TLS certificate is signed by an authority this server does not know.',
  fix: caGiven
    ? 'Paste the certificate of the authority that signed the host’s certificate; the one given belongs to another.'
    : 'Paste the certificate of that authority as the CA certificate of this key source.',
})

const selfSigned: CertificateWords = (caGiven) => ({
  message: caGiven
    ? 'The key source’s TLS certificate is self-signed and is not the CA certificate given for it.'
    : 'The key source’s TLS certificate is self-signed.',
  fix: 'Paste that certificate as the CA certificate of this key source, if you trust it.',
})

const hostCertificate =
  (problem: string, fix = 'Renew or replace the certificate on the host.'): CertificateWords =>
  () => ({ message: `The key source’s TLS certificate ${problem}.`, fix })

const certificateProblems = new Map<string, CertificateWords>([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['CERT_SIGNATURE_FAILURE', unknownAuthority],
  ['CERT_UNTRUSTED', unknownAuthority],
  ['CERT_REJECTED', unknownAuthority],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    hostCertificate(
      'was made for another host name',
      'Use the host name the certificate was made for, or give the host a certificate for the name in the URL.',
    ),
  ],
  ['CERT_HAS_EXPIRED', hostCertificate('has expired')],
  [
    'CERT_NOT_YET_VALID',
    hostCertificate('is not valid yet', 'Check the clocks of both machines, or replace the certificate on the host.'),
  ],
  ['CERT_REVOKED', hostCertificate('has been revoked')],
  ['CERT_CHAIN_TOO_LONG', hostCertificate('has too long a chain')],
  ['INVALID_CA', hostCertificate('is signed by a certificate that may not sign others')],
  ['PATH_LENGTH_EXCEEDED', hostCertificate('has more intermediate authorities than they allow')],
  ['INVALID_PURPOSE', hostCertificate('is not meant for servers')],
  ['ERR_SSL_EE_KEY_TOO_SMALL', hostCertificate('has too short a key')],
  ['ERR_SSL_CA_KEY_TOO_SMALL', hostCertificate('is signed with too short a key')],
  ['ERR_SSL_CA_MD_TOO_WEAK', hostCertificate('is signed with too weak a hash')],
  ['EE_KEY_TOO_SMALL', hostCertificate('has too short a key')],
  ['CA_KEY_TOO_SMALL', hostCertificate('is signed with too short a key')],
  ['CA_MD_TOO_WEAK', hostCertificate('is signed with too weak a hash')],
])
