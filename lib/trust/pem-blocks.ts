/** One `-----BEGIN X-----` … `-----END X-----` (RFC 7468). */
export type PemBlock = { label: string; der: Uint8Array<ArrayBuffer> }

export type PemRefusal = {
  ok: false
  code: 'empty' | 'too_large' | 'private_key' | 'not_pem' | 'bad_base64' | 'unfinished'
  message: string
}

/** The longest text looked at, in characters: room for a chain of certificates. */
export const pemCharactersMax = 65_536

/**
 * The blocks of a pasted text. Text around them, blank lines and CRLF are forgiven; a private key anywhere refuses the
 * whole text. No message repeats what was pasted.
 */
export function readPemBlocks(pasted: string): { ok: true; blocks: PemBlock[] } | PemRefusal {
  if (pasted.trim() === '') return refusePem('empty', 'Paste a PEM block: it begins with -----BEGIN PUBLIC KEY-----.')
  if (pasted.length > pemCharactersMax)
    return refusePem('too_large', `The text is longer than ${pemCharactersMax} characters.`)
  if (holdsPrivateKey(pasted)) return refusePem('private_key', privateKeyMessage)

  const lines = pasted.split(/\r\n|\r|\n/).map((line) => line.trim())
  const blocks: PemBlock[] = []
  for (let at = 0; at < lines.length; at++) {
    const label = boundary('BEGIN', lines[at])
    if (label === null) continue
    const end = lines.findIndex((line, index) => index > at && /^-----(?:BEGIN|END) /.test(line))
    if (end < 0 || boundary('END', lines[end]) !== label) {
      return refusePem(
        'unfinished',
        `The block ${label} has no matching -----END ${label}----- line: part of it is missing.`,
      )
    }
    const der = decodeBase64(lines.slice(at + 1, end).join(''))
    if (!der)
      return refusePem(
        'bad_base64',
        `Between BEGIN and END of ${label} is something other than base64, or part of it is missing.`,
      )
    blocks.push({ label, der })
    at = end
  }
  return blocks.length > 0 ? { ok: true, blocks } : refusePem('not_pem', whyNotPem(pasted.trim()))
}

/** Whether a text holds a private key of any kind, whole or cut short. Such a text must be neither kept nor logged. */
export function holdsPrivateKey(text: string): boolean {
  // Two dashes are enough to look for: a run of any length would be tried from each of its dashes.
  return /--\s*BEGIN [A-Z0-9 ]*PRIVATE KEY|--\s*END [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File|BEGIN PGP PRIVATE|"(?:d|p|q|dp|dq|qi)"\s*:\s*"/i.test(
    text,
  )
}

export const privateKeyMessage =
  'This is a private key. Never paste it anywhere: treat it as leaked. Give its public half, made with: openssl pkey -in key.pem -pubout'

export function refusePem(code: PemRefusal['code'], message: string): PemRefusal {
  return { ok: false, code, message }
}

function boundary(word: 'BEGIN' | 'END', line: string | undefined): string | null {
  return new RegExp(`^-----${word} ([A-Z0-9 ]{1,60})-----$`).exec(line ?? '')?.[1] ?? null
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const body = text.replace(/[ \t]/g, '')
  if (body === '' || body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) return null
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
}

function whyNotPem(text: string): string {
  const wanted = 'A public key begins with -----BEGIN PUBLIC KEY-----.'
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text)) {
    return `This is an SSH public key. Turn it into PEM with: ssh-keygen -e -m pkcs8 -f key.pub`
  }
  if (text.includes('-----BEGIN'))
    return `The -----BEGIN line is not on a line of its own: line breaks got lost. ${wanted}`
  if (/^https?:\/\//i.test(text)) return `This is a URL, not a key. ${wanted}`
  if (text.startsWith('{')) return `This is JSON, perhaps a JSON Web Key; here a PEM is expected. ${wanted}`
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return `This is a token, not a key. ${wanted}`
  if (/^MI[\sA-Za-z0-9+/=]{60,}$/.test(text)) return `The -----BEGIN and -----END lines are missing. ${wanted}`
  return `This is no PEM. If it is a shared secret (HS256), it cannot be used: whoever can check with it can also sign. ${wanted}`
}
