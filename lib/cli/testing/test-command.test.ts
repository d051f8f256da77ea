import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../run-command'

const issuer = 'https://issuer.example'
const url = 'https://issuer.example/jwks'
const at = '2026-06-01T12:00:00Z'
const iat = Date.parse(at) / 1000

let folder: string
let token: string
const write = (name: string, content: unknown) =>
  writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-test-'))
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const claims = { iss: issuer, sub: 'job', aud: 'keybound', iat, exp: iat + 600 }
  token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey)
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' }
  write('token.txt', `Authorization: Bearer ${token}\n`)
  write('set.json', { keys: [jwk] })
  write('jwk.json', jwk)
  write('key.pem', await exportSPKI(publicKey))
  const jwt = { jwksUrl: url, boundIssuer: issuer, boundAudiences: 'keybound', configurationType: 'jwks' }
  write('infisical-jwt.json', jwt)
  const oidc = { oidcDiscoveryUrl: issuer, boundSubject: 'job', boundClaims: {} }
  write('infisical-oidc.json', { ...oidc, boundIssuer: issuer, boundAudiences: 'keybound' })
  write('zitadel.json', { name: 'P', jwtEndpoint: 'https://a.example', issuer, keysEndpoint: url, headerName: 'x' })
  write('nativeframe.json', { iss: issuer, project: { id: 'p' }, JWKsURL: url, aud: ['keybound'] })
  const rule = (value: string) => ({ path: 'aud', matcher: { kind: 'equals-any', values: [value] } })
  const own = { issuer, keys: [{ kind: 'jwks-url', url }] }
  write('own.json', { ...own, rules: [rule('keybound')] })
  write('other.json', { ...own, rules: [rule('other')] })
  write('local.json', { ...own, keys: [{ kind: 'jwks-url', url: 'https://127.0.0.1:1/jwks' }] })
  write('two.json', [own, own])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(args: string[], stdin = '') {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await runCommand(['test', ...args], {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: new PassThrough(),
    print: (line) => void lines.out.push(line),
    say: (line) => void lines.err.push(line),
    pathOf: (file) => path.join(folder, file),
  })
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

const offline = ['--jwks', 'set.json', '--at', at]

describe('an accepted token ends with 0', () => {
  test.each(['own', 'infisical-jwt', 'infisical-oidc', 'zitadel', 'nativeframe'])('by a trust in %s', async (name) => {
    const { code, out } = await run(['--trust', `${name}.json`, '--token', 'token.txt', '--format', 'json', ...offline])
    expect(JSON.parse(out)).toMatchObject({ accepted: true, key: { kid: 'k1' }, claims: { sub: 'job' } })
    expect(code).toBe(0)
    expect(out).not.toContain(token.split('.')[2])
  })

  test.each(['set.json', 'jwk.json', 'key.pem'])(
    'with the keys of %s, and the token from the standard input',
    async (jwks) => {
      const { code, out } = await run(['--trust', 'own.json', '--token', '-', '--jwks', jwks, '--at', at], token)
      expect(out).toMatch(/: accepted\n/)
      expect(code).toBe(0)
    },
  )
})

describe('a refused token ends with 1', () => {
  test('says what was expected and received, the decisive check first', async () => {
    const { code, out } = await run(['--trust', 'other.json', '--token', 'token.txt', ...offline])
    expect(code).toBe(1)
    expect(out).toMatch(/: refused\n {2}fail aud: .*\n {4}expected: "other"\n {4}received: "keybound"\n/)
  })

  test('says why, where the platform of the token is known', async () => {
    const github = 'https://token.actions.githubusercontent.com'
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { iss: github, sub: 'repo:acme/app:environment:prod', aud: 'keybound', environment: 'prod' }
    const rule = { path: 'sub', matcher: { kind: 'equals-any', values: ['repo:acme/app:ref:refs/heads/main'] } }
    write('github.json', { issuer: github, keys: [{ kind: 'jwks-url', url }], rules: [rule] })
    const jwt = `${part({ alg: 'ES256' })}.${part(claims)}.AAAA`
    const { out } = await run(['--trust', 'github.json', '--token', '-', ...offline], jwt)
    expect(out).toContain('likely: The job’s environment is "prod", so GitHub Actions writes its subject as')
  })

  test('is judged of the instant that is named, else of now', async () => {
    const late = ['--jwks', 'set.json', '--at', '2026-06-01T13:00:00+00:30', '--format', 'json']
    const answer = JSON.parse((await run(['--trust', 'own.json', '--token', 'token.txt', ...late])).out)
    expect(answer).toMatchObject({ accepted: false, decisive: 'exp', at: '2026-06-01T12:30:00.000Z' })
  })

  test('keys are fetched by the rules of a server, and what to give in place of them is said', async () => {
    const { code, out } = await run(['--trust', 'local.json', '--token', 'token.txt', '--at', at])
    expect(code).toBe(1)
    expect(out).toMatch(/fail keys\.source: .*not/)
    expect(out).toContain('--jwks FILE')
  })
})

describe('wrong usage ends with 2, and repeats no token', () => {
  test.each<[string, string[], RegExp]>([
    ['no trust', ['--token', '-'], /--trust FILE is missing/],
    ['no token', ['--trust', 'own.json'], /--token FILE is missing/],
    ['two inputs', ['--trust', '-', '--token', '-'], /Only one of/],
    ['an instant without a zone', ['--trust', 'own.json', '--token', '-', '--at', '2026-06-01T12:00:00'], /--at is/],
    ['no address', ['--trust', 'own.json', '--token', '-', '--ip', 'home'], /--ip is "home"/],
    ['several trusts', ['--trust', 'two.json', '--token', '-'], /2 trusts/],
    ['a token as key set', ['--trust', 'own.json', '--token', '-', '--jwks', 'token.txt'], /no public key/],
    ['a trust as key set', ['--trust', 'own.json', '--token', '-', '--jwks', 'zitadel.json'], /no array `keys`/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await run(args, token)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toContain(token)
  })

  test('a token among the arguments', async () => {
    const { code, err } = await run(['--trust', 'own.json', '--token', token])
    expect(code).toBe(2)
    expect(err).not.toContain(token)
  })
})
