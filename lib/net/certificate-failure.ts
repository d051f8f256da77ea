import { X509Certificate } from 'node:crypto'
import { shortenText } from '@/lib/trust/cut-text'
import type { PeerCertificates } from './certificates'

/** Which certificate is at fault, and what to do; `message` is for the caller too, `fix` for the owner alone. */
export type CertificateWords = { message: string; fix: string }

export type CertificateContext = {
  /** The CA certificates given for the source, as PEM. */
  caCerts: readonly string[]
  /** What the host presented, and what of the given ones continues it; empty where it is not known. */
  presented: PeerCertificates
  /** For a certificate made for other names. */
  names?: string
  /** Epoch milliseconds. */
  now: number
}

type Problem = (context: CertificateContext) => CertificateWords

/** Node's names of what OpenSSL found wrong with a chain (X509_V_ERR_*), in words; null for a code of something else. */
export function wordCertificateProblem(code: string, context: CertificateContext): CertificateWords | null {
  return problems.get(code)?.(context) ?? null
}

const unknownAuthority: Problem = ({ caCerts, presented }) => {
  const issuer = presented.at(-1)?.issuer
  const [given] = caCerts.map((pem) => new X509Certificate(pem))
  const says = issuer ? ` The host’s chain ends with a certificate issued by ${nameOf(issuer)}.` : ''
  if (!given) {
    return {
      message:
        'The key source’s TLS certificate is signed by an authority this server does not know. Give the CA certificate of that authority.',
      fix: `Paste the certificate of that authority as the CA certificate of this key source.${says}`,
    }
  }
  return {
    message: 'The key source’s TLS certificate is not signed by the CA certificate given for it.',
    fix: `Paste the certificate of the authority that signed the host’s certificate; the one given is ${nameOf(given.subject)}.${says}`,
  }
}

const selfSigned: Problem = ({ caCerts }) => ({
  message:
    caCerts.length > 0
      ? 'The key source’s TLS certificate is self-signed and is not the CA certificate given for it.'
      : 'The key source’s TLS certificate is self-signed. Give it as the CA certificate of the key source.',
  fix: 'Paste that certificate as the CA certificate of this key source, if you trust it.',
})

const otherName: Problem = ({ names }) => ({
  message: 'The key source’s TLS certificate was made for another host name.',
  fix: `Use the host name the certificate was made for, or give the host a certificate for the name in the URL.${names ? ` It was made for ${cut(names)}.` : ''}`,
})

const hostCertificate =
  (problem: string): Problem =>
  () => ({
    message: `The key source’s TLS certificate ${problem}.`,
    fix: 'Renew or replace the certificate on the host.',
  })

/** OpenSSL names a fault of time, not whose it is: any certificate of the chain may be the one. */
const outOfTime =
  (
    is: string,
    isWrong: (certificate: X509Certificate, now: number) => boolean,
    when: (certificate: X509Certificate) => string,
  ): Problem =>
  ({ caCerts, presented, now }) => {
    const given = caCerts.map((pem) => new X509Certificate(pem))
    const isGiven = ({ fingerprint256 }: X509Certificate) => given.some((one) => one.fingerprint256 === fingerprint256)
    const wrong = (certificate: X509Certificate) => isWrong(certificate, now)
    const [leaf, ...above] = presented
    const faulty = leaf && wrong(leaf) ? leaf : (above.find(wrong) ?? given.find(wrong))
    const about = faulty ? ` It is ${nameOf(faulty.subject)}, ${when(faulty)}.` : ''
    if (!faulty || faulty === leaf) {
      const alsoGiven = given.find((one) => wrong(one) && one.fingerprint256 !== leaf?.fingerprint256)
      const also = alsoGiven ? ` The CA certificate given ${is} as well.` : ''
      return {
        message: `The key source’s TLS certificate ${is}.`,
        fix: `Renew or replace the certificate on the host, and check the clocks of both machines.${about}${also}`,
      }
    }
    if (isGiven(faulty)) {
      return {
        message: `The CA certificate given for the key source ${is}.`,
        fix: `Paste the current certificate of that CA as the CA certificate; the host’s own certificate is not at fault.${about}`,
      }
    }
    if (faulty.subject === faulty.issuer) {
      return {
        message: `The certificate of the CA that signed the key source’s TLS certificate ${is}.`,
        fix: `The host needs a certificate from a valid CA, or this key source needs that CA’s current certificate; the host’s own certificate is not at fault.${about}`,
      }
    }
    return {
      message: `An intermediate certificate in the TLS chain of the key source ${is}.`,
      fix: `Have the host send the current intermediate certificate; its own certificate is not at fault.${about}`,
    }
  }

const day = (text: string) => new Date(text).toISOString().slice(0, 10)

const expired = outOfTime(
  'has expired',
  ({ validTo }, now) => Date.parse(validTo) < now,
  ({ validTo }) => `valid until ${day(validTo)}`,
)
const notYetValid = outOfTime(
  'is not valid yet',
  ({ validFrom }, now) => Date.parse(validFrom) > now,
  ({ validFrom }) => `valid from ${day(validFrom)}`,
)

const problems = new Map<string, Problem>([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['CERT_SIGNATURE_FAILURE', unknownAuthority],
  ['CERT_UNTRUSTED', unknownAuthority],
  ['CERT_REJECTED', unknownAuthority],
  ['ERR_TLS_CERT_ALTNAME_INVALID', otherName],
  ['CERT_HAS_EXPIRED', expired],
  ['CERT_NOT_YET_VALID', notYetValid],
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

const nameOf = (name: string) => JSON.stringify(cut(name.replaceAll('\n', ', ')))
const cut = (text: string) => shortenText(text, 200)
