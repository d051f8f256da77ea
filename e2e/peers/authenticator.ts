import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

/** What a browser asks of an authenticator, as WebAuthn says or otherwise where a test asks for it. */
export type Ceremony = {
  challenge: string
  origin?: string
  rpId?: string
  isVerified?: boolean
  counter?: number
  attestation?: [fmt: string, statement: Map<string, unknown>]
}

/** An authenticator with one passkey, which signs as WebAuthn §6.1 and §6.5 say. */
export function authenticator(userHandle: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ])
  const clientData = (type: string, { challenge, origin = 'http://localhost:3000' }: Ceremony) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const dataOf = ({ rpId = 'localhost', isVerified = true, counter = 0 }: Ceremony, more: Buffer | null) => {
    const head = Buffer.alloc(5)
    head.writeUInt8((isVerified ? 0b101 : 0b001) | (more ? 0b0100_0000 : 0), 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(rpId), head, more ?? Buffer.alloc(0)])
  }
  const named = { id: base64url(id), rawId: base64url(id), type: 'public-key' as const }
  return {
    create(ceremony: Ceremony) {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, isoCBOR.encode(cose)])
      const attestation = new Map<string, unknown>([
        ['fmt', ceremony.attestation?.[0] ?? 'none'],
        ['attStmt', ceremony.attestation?.[1] ?? new Map()],
        ['authData', new Uint8Array(dataOf(ceremony, attested))],
      ])
      const attestationObject = base64url(isoCBOR.encode(attestation as never))
      const clientDataJSON = base64url(clientData('webauthn.create', ceremony))
      return { ...named, response: { clientDataJSON, attestationObject } }
    },
    get(ceremony: Ceremony) {
      const json = clientData('webauthn.get', ceremony)
      const data = dataOf(ceremony, null)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(json)]))
        .sign(privateKey)
      const response = { authenticatorData: base64url(data), signature: base64url(signature) }
      return { ...named, response: { ...response, clientDataJSON: base64url(json), userHandle: base64url(userHandle) } }
    },
  }
}
