import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { certificatePems } from '@/lib/trust/keys/certificate'

/** Facts of a certificate. Times in epoch seconds; the fingerprint is SHA-256 of the DER, colon-separated hex. */
export type CertificateFacts = {
  subject: string
  issuer: string
  notBefore: number
  notAfter: number
  fingerprint: string
}

/** How a host proved who it is: its certificate, then the chain up to the authority, as verified. */
export type TlsFacts = CertificateFacts & { protocol: string; chain: CertificateFacts[] }

export type PeerCertificates = X509Certificate[]

/** The certificates of a connection, the host's own first, as far up as they are known; nothing of them is verified. */
export function peerCertificates(socket: TLSSocket): PeerCertificates {
  const chain: PeerCertificates = []
  let certificate = socket.getPeerCertificate(true)
  // A root is its own issuer, so the walk ends at a certificate seen before.
  while (certificate?.raw && !chain.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256)) {
    chain.push(new X509Certificate(certificate.raw))
    certificate = certificate.issuerCertificate
  }
  return chain
}

/** The facts of a verified connection. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const chain = peerCertificates(socket).map(factsOf)
  const [leaf] = chain
  if (!leaf) throw new Error('The host presented no certificate.')
  return { ...leaf, protocol: socket.getProtocol() ?? 'unknown', chain }
}

/**
 * The certificates of a CA field, each as its own PEM, by the reader that saves and shows them too. Null when there is none, or
 * when OpenSSL cannot read one.
 */
export function readCertificates(pem: string): string[] | null {
  const pems = certificatePems(pem)
  if (!pems || pems.length === 0) return null
  try {
    return pems.map((one) => new X509Certificate(one).toString())
  } catch {
    return null
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    notBefore: Date.parse(certificate.validFrom) / 1000,
    notAfter: Date.parse(certificate.validTo) / 1000,
    fingerprint: certificate.fingerprint256,
  }
}
