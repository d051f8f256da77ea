import { stringifyJson } from '@/lib/trust/json/json'
import { jwksIn } from '@/lib/trust/keys/jwks-in'
import { pemBodies } from '@/lib/trust/keys/pem-bodies'
import { pemCharactersMax } from '@/lib/trust/keys/pem-characters-max'
import { secretIn } from '@/lib/trust/keys/secret-text'
import { textOfBytes, unwrapText } from '@/lib/trust/unwrap-text'

/** Text put into a PEM box: texts to keep, one per block, or why nothing is kept. */
export type PemIntake =
  | { ok: true; pems: string[] }
  | { ok: false; isPrivate: boolean; isSecret: boolean; message: string }

/** Maximum number of keys of a trust. */
const blocksMax = 100

/**
 * Judges text before it is kept. A private key or a shared secret refuses the whole text. Blocks and JSON Web Keys are
 * split, base64 around a PEM is decoded; one block, or text that is no PEM yet, stays as typed.
 */
export function takePem(text: string): PemIntake {
  const secret = secretIn(text)
  if (secret) return { ok: false, isSecret: true, ...secret }
  const blocks = pemBodies(text)
  if (blocks.length > blocksMax)
    return refuse(`There are ${blocks.length} blocks here. Paste at most ${blocksMax} at a time.`)
  if (blocks.length > 0) return { ok: true, pems: blocks.length > 1 ? blocks.map((block) => block.text) : [text] }
  const jwks = jwksIn(text) ?? []
  if (jwks.length > 1) return { ok: true, pems: jwks.map((jwk) => stringifyJson(jwk)) }
  const unwrapped = unwrapText(text)
  if (unwrapped.kind === 'der') return { ok: true, pems: [textOfBytes(unwrapped.der) ?? text] }
  const decoded = pemBodies(unwrapped.text)
  if (decoded.length === 0) return { ok: true, pems: [text] }
  return { ok: true, pems: decoded.map((block) => block.text) }
}

/** As `takePem`, for the content of a file: text, or DER. */
export function takePemFile(name: string, content: Uint8Array<ArrayBuffer>): PemIntake {
  const text = textOfBytes(content)
  if (text === null) return refuse(`${name} is neither PEM nor DER.`)
  if (text.length > pemCharactersMax) return refuse(`${name} is larger than ${pemCharactersMax / 1024} KiB.`)
  const taken = takePem(text)
  return taken.ok ? { ok: true, pems: taken.pems.map((pem) => pem.trim()) } : taken
}

const refuse = (message: string): PemIntake => ({ ok: false, isPrivate: false, isSecret: false, message })
