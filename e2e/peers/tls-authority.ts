import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_subjectAltName,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

/** A certificate with its key, in PEM, as node:tls takes them. `cert` may be a chain, leaf first. */
export type TlsIdentity = { cert: string; key: string }

export type LeafOptions = {
  /** Host names and IP addresses the certificate is good for. */
  names?: string[]
  notBefore?: Date
  notAfter?: Date
}

export type ValidityOptions = Pick<LeafOptions, 'notBefore' | 'notAfter'>

/** A certificate authority made for one test run. */
export type TlsAuthority = TlsIdentity & {
  issue(options?: LeafOptions): TlsIdentity
  /** An authority below this one. Leaves of it carry its certificate in their chain. */
  issueAuthority(name: string, validity?: ValidityOptions): TlsAuthority
}

const local = ['localhost', '127.0.0.1', '::1']

/** Makes an authority of its own, unknown to everyone. */
export function createAuthority(name = 'Keybound test CA', validity: ValidityOptions = {}): TlsAuthority {
  const keys = newKeys()
  return authority(
    name,
    keys.privateKey,
    certify({ subject: name, issuer: name, keys, by: keys.privateKey, ca: true, ...validity }),
    '',
  )
}

/** A certificate signed with its own key, as made by `openssl req -x509` in a hurry. */
export function createSelfSigned({ names = local, ...validity }: LeafOptions = {}): TlsIdentity {
  const keys = newKeys()
  const name = names[0] ?? 'localhost'
  const cert = certify({ subject: name, issuer: name, keys, by: keys.privateKey, ca: false, names, ...validity })
  return { cert, key: pem(keys.privateKey) }
}

function authority(name: string, signer: KeyObject, cert: string, chain: string): TlsAuthority {
  const certifyBelow = (options: { subject: string; keys: Keys; ca: boolean } & LeafOptions) =>
    certify({ issuer: name, by: signer, ...options })
  return {
    cert,
    key: pem(signer),
    issue({ names = local, ...validity } = {}) {
      const keys = newKeys()
      const leaf = certifyBelow({ subject: names[0] ?? 'localhost', keys, ca: false, names, ...validity })
      return { cert: `${leaf}${chain}`, key: pem(keys.privateKey) }
    },
    issueAuthority(below, validity = {}) {
      const keys = newKeys()
      const belowCert = certifyBelow({ subject: below, keys, ca: true, ...validity })
      return authority(below, keys.privateKey, belowCert, `${belowCert}${chain}`)
    },
  }
}

type Keys = { publicKey: KeyObject; privateKey: KeyObject }

const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

type CertificateOptions = LeafOptions & { subject: string; issuer: string; keys: Keys; by: KeyObject; ca: boolean }

const dayMs = 86_400_000

function certify({ subject, issuer, keys, by, ca, names = [], notBefore, notAfter }: CertificateOptions): string {
  const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' })
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialOf(publicKey),
    signature: ecdsaWithSha256,
    issuer: nameOf(issuer),
    validity: new Validity({
      notBefore: notBefore ?? new Date(Date.now() - dayMs),
      // An authority outlives what it signs.
      notAfter: notAfter ?? new Date(Date.now() + (ca ? 3_650 : 30) * dayMs),
    }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
    extensions: new Extensions([
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: ca })),
      ...(names.length > 0
        ? [extension(id_ce_subjectAltName, new SubjectAlternativeName(names.map(generalName)))]
        : []),
    ]),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbs)), by)
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: Uint8Array.from(signature).buffer,
  })
  return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString()
}

/** Positive, as RFC 5280 §4.1.2.2 asks, and its own for every key. */
function serialOf(publicKey: Buffer): ArrayBuffer {
  const digest = createHash('sha256').update(publicKey).digest().subarray(0, 16)
  return Uint8Array.from([0x40 | (digest[0]! & 0x3f), ...digest.subarray(1)]).buffer
}

function nameOf(commonName: string): Name {
  const attribute = new AttributeTypeAndValue({
    type: '2.5.4.3',
    value: new AttributeValue({ utf8String: commonName }),
  })
  return new Name([new RelativeDistinguishedName([attribute])])
}

const generalName = (name: string) =>
  isIP(name) === 0 ? new GeneralName({ dNSName: name }) : new GeneralName({ iPAddress: name })

const extension = (extnID: string, value: object) =>
  new Extension({ extnID, critical: false, extnValue: new OctetString(AsnConvert.serialize(value)) })
