import { describeDer, describeLabel, describePaste, type Wanted } from '../describe-paste'
import { unwrapText } from '../unwrap-text'
import { derKindOf } from './der-kind'
import { pemBodies } from './pem-bodies'
import { pemCharactersMax } from './pem-characters-max'
import { holdsPrivateKey, privateKeyMessage } from './secret-text'

/** One `-----BEGIN X-----` … `-----END X-----` (RFC 7468), or a bare body in base64, whose label is ''. */
export type PemBlock = { label: string; der: Uint8Array<ArrayBuffer>; line: number }

export type PemRefusal = {
  ok: false
  code: 'empty' | 'too_large' | 'private_key' | 'not_pem' | 'bad_base64' | 'unfinished' | 'unsupported_key'
  message: string
}

/**
 * The blocks of a pasted text: the one reader of PEM, for what is saved, shown and used. What tools do to PEM is forgiven
 * (`pemBodies`, `unwrapText`); a private key anywhere refuses the whole text. No message repeats what was pasted.
 */
export function readPemBlocks(
  pasted: string,
  wanted: Wanted = 'key',
): { ok: true; blocks: [PemBlock, ...PemBlock[]] } | PemRefusal {
  if (pasted.trim() === '') {
    const begin = wanted === 'key' ? 'PUBLIC KEY' : 'CERTIFICATE'
    return refusePem('empty', `Paste a PEM block: it begins with -----BEGIN ${begin}-----.`)
  }
  if (pasted.length > pemCharactersMax)
    return refusePem('too_large', `The text is longer than ${pemCharactersMax} characters.`)
  if (holdsPrivateKey(pasted)) return refusePem('private_key', privateKeyMessage)

  const unwrapped = unwrapText(pasted)
  if (unwrapped.kind === 'der') {
    const kind = derKindOf(unwrapped.der)
    if (kind === 'certificate-request' || kind === 'revocation-list' || kind === 'pkcs7')
      return refusePem('unsupported_key', describeDer(kind, wanted))
    return { ok: true, blocks: [{ label: '', der: unwrapped.der, line: 1 }] }
  }
  const bodies = pemBodies(unwrapped.text)
  const isAside = ({ label }: { label: string }) => bodies.length > 1 && label.endsWith(' PARAMETERS')
  const blocks: PemBlock[] = []
  for (const body of bodies) {
    // `openssl ecparam` writes the curve in front of the key.
    if (isAside(body)) continue
    const { label, der, line } = body
    const foreign = describeLabel(label, wanted)
    if (foreign) return refusePem('unsupported_key', foreign)
    if (!der) return refusePem(body.code ?? 'bad_base64', body.problem ?? '')
    blocks.push({ label, der, line })
  }
  const [first, ...more] = blocks
  return first ? { ok: true, blocks: [first, ...more] } : refusePem('not_pem', describePaste(unwrapped.text, wanted))
}

function refusePem(code: PemRefusal['code'], message: string): PemRefusal {
  return { ok: false, code, message }
}
