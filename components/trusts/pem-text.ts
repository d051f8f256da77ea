import { holdsPrivateKey, pemCharactersMax, privateKeyMessage } from '@/lib/trust/pem-blocks'

/** What a person put into a box for PEM: texts to keep, one a block, or why nothing of it is kept. */
export type PemIntake = { ok: true; pems: string[] } | { ok: false; isPrivate: boolean; message: string }

/**
 * Judges text before it is kept anywhere. A private key refuses the whole text. Several blocks come apart; one block, or
 * text that is no PEM yet, stays as it was typed.
 */
export function takePem(text: string): PemIntake {
  if (holdsPrivateKey(text)) return { ok: false, isPrivate: true, message: privateKeyMessage }
  const blocks = text.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g) ?? []
  return { ok: true, pems: blocks.length > 1 ? blocks : [text] }
}

/** As `takePem`, for the content of a file. */
export function takePemFile(name: string, content: string): PemIntake {
  if (content.length > pemCharactersMax) {
    return { ok: false, isPrivate: false, message: `${name} is larger than ${pemCharactersMax / 1024} KiB.` }
  }
  if (!holdsPrivateKey(content) && !content.includes('-----BEGIN')) {
    const message = `${name} is no PEM file. A binary certificate becomes one with: openssl x509 -inform der -in ${name}`
    return { ok: false, isPrivate: false, message }
  }
  const taken = takePem(content)
  return taken.ok ? { ok: true, pems: taken.pems.map((pem) => pem.trim()) } : taken
}
