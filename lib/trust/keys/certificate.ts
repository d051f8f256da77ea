import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, type Name } from '@peculiar/asn1-x509'
import { toEpochSeconds } from '../epoch-seconds'
import { sha256Hex } from '../sha256-hex'
import { toPem } from '../unwrap-text'
import { derKindOf, firstDerValue, isModestDer } from './der-kind'
import { readPemBlocks } from './pem-blocks'

/** Facts of a certificate for display. Times in epoch seconds. */
export type CertificateInfo = {
  subject: string
  issuer: string
  notBefore: number
  notAfter: number
  der: Uint8Array<ArrayBuffer>
}

/** How many certificates of authorities a key source may have. */
const certificatesMax = 100

/**
 * The certificates of a CA field, in order, or what is wrong with it and where. What is saved, shown and used is read here and
 * nowhere else. Never throws; no message repeats what was pasted.
 */
export function parseCertificates(
  pem: string,
): { ok: true; certificates: CertificateInfo[] } | { ok: false; code: string; message: string } {
  const read = readPemBlocks(pem, 'certificate')
  if (!read.ok) return read
  if (read.blocks.length > certificatesMax) {
    const message = `There are ${read.blocks.length} certificates here; ${certificatesMax} is the limit.`
    return { ok: false, code: 'too_many', message }
  }
  const certificates: CertificateInfo[] = []
  for (const [index, { label, der, line }] of read.blocks.entries()) {
    const place = read.blocks.length > 1 ? `Block ${index + 1}, on line ${line},` : 'This'
    const kind = derKindOf(der)
    if (kind === 'public-key' || kind === 'rsa-public-key' || (!kind && !label.endsWith('CERTIFICATE'))) {
      const what = label && !label.endsWith('CERTIFICATE') ? label : 'public key'
      return { ok: false, code: 'not_a_certificate', message: `${place} is a ${what}, not a certificate.` }
    }
    const certificate = firstCertificate(der)
    if (!certificate) {
      const message = `${place} is no readable certificate: it is damaged or cut short.`
      return { ok: false, code: 'bad_certificate', message }
    }
    certificates.push({ ...describe(certificate), der: firstDerValue(der) ?? der })
  }
  return { ok: true, certificates }
}

/**
 * The certificates of a CA field, each as a PEM that TLS reads, in order; [] for an empty field. Null when the field cannot be
 * read: then nothing can be verified by it.
 */
export function certificatePems(pem: string): string[] | null {
  if (pem.trim() === '') return []
  const read = parseCertificates(pem)
  return read.ok ? read.certificates.map(({ der }) => toPem('CERTIFICATE', der)) : null
}

/** `SHA256:` and what `openssl x509 -outform der | sha256sum` shows: lowercase hex. */
export async function certificateFingerprint({ der }: Pick<CertificateInfo, 'der'>): Promise<string> {
  return `SHA256:${await sha256Hex(der)}`
}

/**
 * The certificate that bytes begin with, or null when they do not begin with one. OpenSSL writes what it trusts a certificate for
 * behind it (TRUSTED CERTIFICATE), and nothing else may follow. Its signature is not checked.
 */
export function firstCertificate(bytes: Uint8Array<ArrayBuffer>): Certificate | null {
  const der = firstDerValue(bytes)
  if (!der || !isTrustSetting(bytes.subarray(der.length))) return null
  try {
    return derKindOf(der) === 'certificate' && isModestDer(der) ? AsnConvert.parse(der, Certificate) : null
  } catch {
    return null
  }
}

/** Nothing, or one sequence to the last byte (X509_CERT_AUX). */
const isTrustSetting = (rest: Uint8Array) => rest.length === 0 || (rest[0] === 0x30 && isModestDer(rest))

export function describe({ tbsCertificate: { subject, issuer, validity } }: Certificate) {
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    notBefore: toEpochSeconds(validity.notBefore.getTime()),
    notAfter: toEpochSeconds(validity.notAfter.getTime()),
  }
}

// RFC 4514 §3, in the order in which the certificate has them, as OpenSSL shows them.
const attributeNames: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

function nameText(name: Name): string {
  const parts = name.flatMap((set) =>
    set.map(({ type, value }) => `${attributeNames[type] ?? type}=${value.toString()}`),
  )
  return parts.join(', ') || '(no name)'
}
