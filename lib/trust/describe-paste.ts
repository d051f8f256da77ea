import { isJsonObject, parseJson } from './json/json'

/** Kinds of input that a field asks for, as its messages name them. */
export type Wanted = 'key' | 'certificate'

const endings: Record<Wanted, string> = {
  key: 'A public key begins with -----BEGIN PUBLIC KEY-----.',
  certificate: 'A certificate begins with -----BEGIN CERTIFICATE-----.',
}

/**
 * Kinds of text that are not PEM, and what to enter instead. No message repeats what was pasted. The first matching row is used,
 * so the clearest signs come first.
 */
export function describePaste(pasted: string, wanted: Wanted): string {
  const text = pasted.trim()
  const start = text.slice(0, 4_000)
  if (/^[[{]/.test(text)) return `${describeJson(text)} ${endings[wanted]}`
  const known = kinds.find(({ looks }) => (typeof looks === 'function' ? looks(text) : looks.test(start)))
  if (known) return `${typeof known.is === 'string' ? known.is : known.is[wanted]} ${endings[wanted]}`
  if (wanted === 'certificate') return `This is not a PEM certificate. ${endings.certificate}`
  return `This is no PEM. If it is a shared secret (HS256), it cannot be used: a party that can verify with it can also sign. ${endings.key}`
}

const kubernetes =
  'This is a Kubernetes object. Give the decoded value of one entry: kubectl get secret NAME -o jsonpath="{.data.tls\\.crt}" | base64 -d.'

type Kind = { looks: RegExp | ((text: string) => boolean); is: string | Record<Wanted, string> }

const kinds: Kind[] = [
  {
    looks:
      /(?:^|\s)(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh|ecdsa)[\w@.-]*) AAAA|^AAAA[BCE]3NzaC|^ssh-|^ecdsa-sha2|^sk-ssh|^---- BEGIN SSH2/,
    is: {
      key: 'This is an SSH public key. Turn it into PEM with: ssh-keygen -e -m pkcs8 -f key.pub.',
      certificate: 'This is an SSH public key. TLS needs an X.509 certificate.',
    },
  },
  {
    looks: /PGP (?:PUBLIC KEY|MESSAGE|SIGNATURE)|^ {0,4}(?:pub|sec) {1,4}(?:rsa|ed|nistp)/,
    is: 'This is PGP. It cannot be used here.',
  },
  {
    looks: (text) => /-----\s*BEGIN/i.test(text),
    is: 'The -----BEGIN line is malformed. It needs five dashes on each side, capital letters, and no space next to the dashes.',
  },
  { looks: /-----END /, is: 'There is an -----END line, but no -----BEGIN line: the beginning is missing.' },
  {
    looks: /[-\u2010-\u2015]{2,}\s?BEGIN /,
    is: 'The dashes of the -----BEGIN line were changed, as text programs do. Copy it from the file.',
  },
  {
    looks: (text) => /^[ \t]*apiVersion:|"apiVersion"\s*:/m.test(text) && /kind\W{1,4}(?:Secret|ConfigMap)/.test(text),
    is: kubernetes,
  },
  {
    looks: (text) => /certificate-authority-data:|client-certificate-data:/.test(text),
    is: 'This is a kubeconfig. Give one certificate of it, decoded with: base64 -d.',
  },
  {
    looks:
      /^arn:aws[\w-]*:kms:|^projects\/[^/\s]+\/locations\/\S+\/cryptoKeys\/|^https:\/\/[\w-]+\.(?:vault|managedhsm)\.azure\.net\/keys\//i,
    is: 'This is the name of a key in a key service (KMS), not the key. Have the service export the public half as PEM.',
  },
  {
    looks: /^(?:https?|ftp|s3|gs|ldaps?|urn|vault|spiffe):/i,
    is: 'This is a URL, not the text behind it. For keys that are fetched, choose the JWKS URL.',
  },
  {
    looks: isPath,
    is: 'This is the path of a file, not its content. Paste what is in the file; in Terraform write file("key.pem").',
  },
  {
    looks: /^(?:\$\{?[A-Za-z_][\w.]*\}?|\$\(.*\)|\{\{[\s\S]*\}\}|%[A-Za-z_]\w*%|<[A-Za-z][A-Za-z _-]{1,60}>)$/,
    is: 'This is a variable or a placeholder that was not replaced by its value.',
  },
  {
    looks: /^(?:eyJ|ew)[\w-]*\.[\w-]*\.[\w-]*(?:\.[\w-]*){0,2}$/,
    is: 'This is a token (JWT), not a key. Try it in the tester.',
  },
  { looks: /^(?:Bearer|Authorization:)\s/i, is: 'This is a token of a request, not a key. Try it in the tester.' },
  {
    looks: /^(?:0x)?30[0-9a-f]{2}(?:[:\s]?[0-9a-f]{2}){30,}/i,
    is: 'These are hexadecimal digits, perhaps of DER. Turn them into PEM with: xxd -r -p key.hex | openssl pkey -pubin -inform DER.',
  },
  { looks: /^age1[0-9a-z]{20,}$/, is: 'This is an age key. It cannot be used here.' },
  {
    looks: /^<(?:!doctype|html)/i,
    is: 'This is a web page, perhaps of a sign-in or an error, saved in place of the file.',
  },
  { looks: /<(?:\w+:)?RSAKeyValue|<Modulus>/, is: 'This is an RSA key in XML. Export it as PEM.' },
  { looks: /^<\?xml|^<[\w:]+[\s>]/, is: 'This is XML, perhaps metadata of SAML. Give the certificate of it as PEM.' },
  {
    looks: /^(?:RSA )?(?:Public-Key|Public Key|Modulus)[\s:=(]|Public Key Algorithm:/m,
    is: 'This is the print of a key (openssl -text), without the key itself.',
  },
  {
    looks: /^(?:SHA-?256|SHA-?1|MD5)\s?[:=]|^(?:[0-9A-F]{2}:){15,63}[0-9A-F]{2}$/i,
    is: 'This is a fingerprint. It names a key and does not hold it.',
  },
  { looks: /^[a-z\d-]+(?:\.[a-z\d-]+){1,10}(?::\d+)?$/i, is: 'This is the name of a host, not what it serves.' },
  { looks: /^(?:RWQ|untrusted comment:)/, is: 'This is a minisign key. It cannot be used here.' },
  {
    looks: (text) => /^MI[\sA-Za-z0-9+/=_-]{60,}$/.test(text),
    is: 'This is base64 without its -----BEGIN and -----END lines, and its bytes cannot be read: part of it is missing, or it is something else.',
  },
  {
    looks: (text) => /^(?:[A-Za-z0-9+/_-]{43}=?|[0-9a-f]{64})$/i.test(text),
    is: 'These are 32 bytes: a bare Ed25519 key, or a shared secret. A shared secret cannot be used; give an Ed25519 key as PEM or as a JWK.',
  },
]

function isPath(text: string): boolean {
  if (text.length > 1_000 || text.includes('\n')) return false
  return (
    /^(?:file:|@|~\/|\.{0,2}\/[\w.@~-]+(?:\/|$)|[A-Za-z]:[\\/]|\\\\\w|file\()/.test(text) ||
    /^[^\s{}[\]"]{1,300}\.(?:pem|crt|cer|der|key|pub|json|jwks?|p12|pfx|p7b|ppk|jks|txt|yaml|yml)"?\)?$/i.test(text)
  )
}

/** Why a readable PEM block cannot be used, by its label; null for labels of keys and certificates. */
export function describeLabel(label: string, wanted: Wanted): string | null {
  const found = labelKinds.find(({ labels }) => labels.test(label))
  return found ? found[wanted] : null
}

const other = (is: string) => ({
  key: `${is} Give a public key or a certificate.`,
  certificate: `${is} Give the certificate of the authority.`,
})

const labelKinds: ({ labels: RegExp } & Record<Wanted, string>)[] = [
  { labels: /CERTIFICATE REQUEST$/, ...other('This is a certificate request, not a certificate.') },
  { labels: /CRL$/, ...other('This is a list of revoked certificates.') },
  {
    labels: /^(?:PKCS ?#?7|CMS|PKCS7.*)$/,
    ...other(
      'This is PKCS#7, a bundle. Take the certificates out of it with: openssl pkcs7 -print_certs -in file.p7b.',
    ),
  },
  { labels: /^PKCS12$/, ...other('This is PKCS#12, a bundle with a private key.') },
  {
    labels: /^EC PARAMETERS$/,
    ...other('These are the parameters of a curve, not a key. Make one with: openssl pkey -in key.pem -pubout.'),
  },
  { labels: /PARAMETERS$/, ...other('These are parameters, not a key.') },
  { labels: /^PGP/, ...other('This is PGP. It cannot be used here.') },
  { labels: /^SSH/, ...other('This is an SSH public key. Turn it into PEM with: ssh-keygen -e -m pkcs8 -f key.pub.') },
  { labels: /^OpenVPN|^AGE|^ATTRIBUTE|SESSION/, ...other('This is neither a public key nor a certificate.') },
]

/** Why DER of a certain kind cannot be used; null for keys and certificates. */
export function describeDer(kind: 'certificate-request' | 'revocation-list' | 'pkcs7', wanted: Wanted): string {
  const label = { 'certificate-request': 'CERTIFICATE REQUEST', 'revocation-list': 'X509 CRL', pkcs7: 'PKCS7' }[kind]
  return describeLabel(label, wanted) ?? ''
}

/** What JSON without a usable key is, or why it cannot be read. */
export function describeJson(text: string): string {
  const parsed = parseJson(text)
  if (!parsed.ok) return `This JSON cannot be read: ${parsed.message}.`
  const { value } = parsed
  if (Array.isArray(value) && typeof value[0] === 'string') {
    return 'This is a list of texts, perhaps the "x5c" of a key. Give the whole key, or its first certificate as PEM.'
  }
  if (!isJsonObject(value)) return noKey
  if (typeof value.jwks_uri === 'string') {
    return 'This is a discovery document, not a key. Give its "jwks_uri" as the JWKS URL.'
  }
  if (typeof value.apiVersion === 'string') return kubernetes
  if (typeof value.payload === 'string') return 'This is a signed token in JSON, not a key.'
  if (value.kty !== undefined || Array.isArray(value.keys)) return 'This is a JSON Web Key, or a set of them.'
  return noKey
}

const noKey = 'This is JSON, and no key: a JSON Web Key is an object that names its type ("kty").'
