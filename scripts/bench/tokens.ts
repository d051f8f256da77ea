import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

/** Distinct JWTs (RS256), all of one key, made beforehand. */
export type TokenPool = { name: string; tokens: string[]; kid: string; publicKey: KeyObject }

type Claims = Record<string, unknown>

const folder = '.cache/bench'
const day = 24 * 3600
const lifetime = 7 * day
const kid = 'bench'

/** What a login presents: the claims of a workflow of GitHub Actions. */
export const issuer = 'https://token.actions.example'
export const audience = 'keybound'
export const workflowClaims = (at: number): Claims => ({
  iss: issuer,
  aud: audience,
  sub: `repo:acme/payments:ref:refs/heads/run-${at}`,
  ref: `refs/heads/run-${at}`,
  sha: 'd4c3b2a1908f7e6d5c4b3a291807f6e5d4c3b2a1',
  repository: 'acme/payments',
  repository_owner: 'acme',
  workflow: 'deploy',
  job_workflow_ref: 'acme/payments/.github/workflows/deploy.yml@refs/heads/main',
  run_id: String(7_000_000_000 + at),
  run_attempt: '1',
  event_name: 'push',
})

/** Issuers that are trusted without an identity: each token is of one of them, in turn. */
export const standaloneIssuer = (at: number) => `https://issuer-${at}.example`
export const standaloneClaims =
  (issuers: number) =>
  (at: number): Claims => ({ iss: standaloneIssuer(at % issuers), aud: audience, sub: `camera-${at}` })

/** Client assertions (RFC 7523) for the OpenID provider that is measured. */
export const openidClient = { id: 'bench-client', provider: 'https://provider.example' }
export const assertionClaims = (): Claims => ({
  iss: openidClient.id,
  sub: openidClient.id,
  aud: openidClient.provider,
})

/**
 * Makes tokens, or takes those that an earlier run made for the same purpose: signing thousands takes seconds. A database is
 * new in every run, so no token has been presented to it.
 */
export async function tokenPool(name: string, count: number, claims: (at: number) => Claims): Promise<TokenPool> {
  const key = signingKey()
  const publicKey = createPublicKey(key)
  const file = path.join(folder, `tokens-${name}.json`)
  const kept = keptTokens(file)
  if (kept.length >= count) return { name, tokens: kept.slice(0, count), kid, publicKey }
  console.log(`Signing ${count} tokens (${name}) …`)
  const tokens = await Promise.all(Array.from({ length: count }, (_, at) => signed(key, claims(at))))
  writeFileSync(file, JSON.stringify(tokens), { mode: 0o600 })
  return { name, tokens, kid, publicKey }
}

/** The tokens of a file; none if they expire within a day or are of another key. */
function keptTokens(file: string): string[] {
  if (!existsSync(file)) return []
  const tokens: string[] = JSON.parse(readFileSync(file, 'utf8'))
  const { exp, key } = JSON.parse(Buffer.from(tokens.at(-1)?.split('.')[1] ?? '', 'base64url').toString() || '{}')
  return exp > seconds() + day && key === fingerprint(signingKey()) ? tokens : []
}

async function signed(key: KeyObject, claims: Claims): Promise<string> {
  const now = seconds()
  const times = { iat: now - 5, exp: now + lifetime, jti: randomUUID(), key: fingerprint(key) }
  const input = [
    { alg: 'RS256', typ: 'JWT', kid },
    { ...claims, ...times },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = await promisify(sign)('sha256', Buffer.from(input), key)
  return `${input}.${signature.toString('base64url')}`
}

/** A key of the bench alone, kept with its tokens. */
function signingKey(): KeyObject {
  const file = path.join(folder, 'key.pem')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  held ??= createPrivateKey(readFileSync(file, 'utf8'))
  return held
}

let held: KeyObject | undefined

const fingerprint = (key: KeyObject) => String(createPublicKey(key).export({ format: 'jwk' }).n).slice(0, 8)

const seconds = () => Math.floor(Date.now() / 1000)
