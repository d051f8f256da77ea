import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'

export const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const issuer = 'https://issuer.example'
export const claims = {
  sub: 'repo:acme/app:ref:refs/heads/main',
  environment: 'production',
  repository: { owner: 'acme', id: 42 },
}

export const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

/** A token of now, made by another library than the product's signing code, which makes none. */
export const token = (more: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(['keybound', 'other-service'])
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)
