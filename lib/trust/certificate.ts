import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, type Name } from '@peculiar/asn1-x509'
import { sha256Hex } from './der'
import { readPemBlocks } from './pem-blocks'

/** What people want to know of a certificate. Times in epoch seconds. */
export type CertificateInfo = {
  subject: string
  issuer: string
  notBefore: number
  notAfter: number
  der: Uint8Array<ArrayBuffer>
}

/** The certificates of a CA field, in order, or what is wrong with it. Never throws; no message repeats what was pasted. */
export function parseCertificates(
  pem: string,
): { ok: true; certificates: CertificateInfo[] } | { ok: false; code: string; message: string } {
  const read = readPemBlocks(pem)
  if (!read.ok) {
    const message =
      read.code === 'empty' ? 'Paste a certificate: it begins with -----BEGIN CERTIFICATE-----.' : read.message
    return {
      ...read,
      message: message
        .replaceAll('BEGIN PUBLIC KEY', 'BEGIN CERTIFICATE')
        .replaceAll('public key begins', 'certificate begins'),
    }
  }
  const certificates: CertificateInfo[] = []
  for (const [index, block] of read.blocks.entries()) {
    const place = read.blocks.length > 1 ? `Block ${index + 1}` : 'This'
    if (!isCertificateLabel(block.label)) {
      return { ok: false, code: 'not_a_certificate', message: `${place} is a ${block.label}, not a certificate.` }
    }
    const certificate = readCertificate(block.der)
    if (!certificate) {
      return {
        ok: false,
        code: 'bad_certificate',
        message: `${place} is no readable certificate: it is damaged or cut short.`,
      }
    }
    certificates.push({ ...describe(certificate), der: block.der })
  }
  return { ok: true, certificates }
}

/** `SHA256:` and what `openssl x509 -outform der | sha256sum` shows: lowercase hex. */
export async function certificateFingerprint({ der }: Pick<CertificateInfo, 'der'>): Promise<string> {
  return `SHA256:${await sha256Hex(der)}`
}

/** The parsed certificate, or null when the bytes are not exactly one. Its signature is not checked. */
export function readCertificate(der: Uint8Array<ArrayBuffer>): Certificate | null {
  try {
    return isOneDerValue(der) ? AsnConvert.parse(der, Certificate) : null
  } catch {
    return null
  }
}

export const isCertificateLabel = (label: string) =>
  label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE'

export function describe({ tbsCertificate: { subject, issuer, validity } }: Certificate) {
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    notBefore: Math.floor(validity.notBefore.getTime().getTime() / 1000),
    notAfter: Math.floor(validity.notAfter.getTime().getTime() / 1000),
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

/** Whether the outer length says exactly how many bytes there are: nothing missing, nothing after. */
function isOneDerValue(der: Uint8Array): boolean {
  const [, first = 0] = der
  if (first < 0x80) return der.length === 2 + first
  const count = first & 0x7f
  if (count === 0 || count > 3) return false
  const length = der.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
  return der.length === 2 + count + length
}
