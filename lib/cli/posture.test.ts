import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { runCommand } from './run-command'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-lint-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const fileOf = (value: unknown) => {
  const name = `${files++}.json`
  writeFileSync(path.join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
  return name
}

async function run(args: string[], stdin = '') {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await runCommand(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: new PassThrough(),
    print: (line) => void lines.out.push(line),
    say: (line) => void lines.err.push(line),
    pathOf: (file) => path.join(folder, file),
  })
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

const issuer = 'https://token.actions.githubusercontent.com'
const jwks = `${issuer}/.well-known/jwks`
const own = 'https://keybound.acme.dev'

/** The same trust of GitHub's main branch, in the words of each API; `sub` as that API writes it. */
const forms: [string, (sub: string) => object][] = [
  [
    'keybound',
    (sub) => ({
      issuer,
      keys: [{ kind: 'jwks-url', url: jwks }],
      rules: [rule('aud', own), rule('sub', sub)],
      grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
    }),
  ],
  [
    'infisical-jwt-auth',
    (sub) => ({
      ...{ configurationType: 'jwks', jwksUrl: jwks, boundIssuer: issuer, boundAudiences: own, boundSubject: sub },
      ...{ accessTokenTTL: 900, accessTokenMaxTTL: 900 },
    }),
  ],
  [
    'infisical-oidc-auth',
    (sub) => ({
      ...{ oidcDiscoveryUrl: issuer, boundIssuer: issuer, boundAudiences: own, boundClaims: {}, boundSubject: sub },
      ...{ accessTokenTTL: 900, accessTokenMaxTTL: 900 },
    }),
  ],
]
function rule(claim: string, ...values: string[]) {
  return { path: claim, matcher: { kind: 'glob-any', values } }
}

const main = 'repo:acme/app:ref:refs/heads/main'
const idsOf = (out: string): string[] =>
  JSON.parse(out).flatMap((one: { findings: { id: string }[] }) => one.findings.map(({ id }) => id))

describe('lint', () => {
  test.each(forms)('reads %s, and judges it by what it accepts', async (_, make) => {
    const wide = await run(['lint', fileOf(make('repo:acme/*')), '--format', 'json'])
    const dead = await run(['lint', fileOf(make('repo:acme/app:ref:refs/head/main')), '--format', 'json'])
    expect(wide.code).toBe(1)
    expect(idsOf(wide.out)).toContain('L13')
    expect(JSON.parse(dead.out)[0].dead[0].suggestion).toBe(main)
  })

  test('writes SARIF for code scanning, with a page for each rule where the installation is known', async () => {
    const [, make] = forms[0] ?? []
    const file = fileOf(make?.('*'))
    const { code, out } = await run(['lint', file, '--format', 'sarif', '--audience', own])
    const [log] = JSON.parse(out).runs
    expect(code).toBe(1)
    expect(log.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(expect.arrayContaining(['L01', 'L03']))
    expect(log.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(file)
    expect(log.tool.driver.rules[0].helpUri).toBe(`${own}/posture/rules/L01`)
    const analysed = await run(['analyse', file, '--format', 'sarif', '--audience', own])
    expect(analysed).toMatchObject({ code: 1, out })
    const named = await run(['lint', file, '--format', 'sarif', '--audience', 'urn:acme:keybound'])
    expect(JSON.parse(named.out).runs[0].tool.driver.rules[0]).not.toHaveProperty('helpUri')
  })

  test('reads the body of a change in Keybound’s API, and its answer', async () => {
    const [, make] = forms[0] ?? []
    const body = {
      ...make?.('repo:acme/*'),
      name: 'deploy',
      options: {},
      enabled: true,
      reason: 'A second repository.',
    }
    const bare = await run(['lint', fileOf(body), '--format', 'json'])
    expect(idsOf(bare.out)).toContain('L13')
    const standalone = {
      method: 'issuer',
      project: 'p',
      issuer: 'https://login.acme.dev',
      keys: [{ kind: 'jwks-url', url: jwks }],
    }
    expect((await run(['lint', fileOf({ ...standalone, override: { rules: ['L08'], reason: 'x' } })])).code).toBe(1)
  })

  test('reads ZITADEL’s provider, as a body and as an answer', async () => {
    const jwt = { jwtEndpoint: 'https://gateway.acme.dev/jwt', issuer, keysEndpoint: 'http://keys.acme.dev/jwks' }
    const body = await run(['lint', fileOf({ name: 'Gateway', ...jwt }), '--format', 'json'])
    const answer = { idp: { id: '7', state: 'IDP_STATE_ACTIVE', name: 'Gateway', config: { options: {}, jwt } } }
    const answered = await run(['lint', fileOf(answer), '--format', 'json'])
    expect(idsOf(body.out)).toContain('L04')
    expect(idsOf(answered.out)).toEqual(idsOf(body.out))
    expect(JSON.parse(answered.out)[0]).toMatchObject({ name: 'Gateway', place: ['idp'] })
  })

  test('reads NativeFrame’s issuers, one and a list', async () => {
    const one = { iss: 'https://login.acme.dev', project: { id: 'p' }, JWKsURL: 'http://login.acme.dev/jwks' }
    expect(idsOf((await run(['lint', fileOf(one), '--format', 'json'])).out)).toContain('L04')
    const list = await run([
      'lint',
      fileOf({ issuers: [one, { ...one, iss: 'https://other.acme.dev' }] }),
      '--format',
      'json',
    ])
    expect(JSON.parse(list.out).map(({ place }: { place: unknown }) => place)).toEqual([
      ['issuers', 0],
      ['issuers', 1],
    ])
  })

  test('reads the standard input, and says what is found in lines', async () => {
    const [, make] = forms[0] ?? []
    const { code, out } = await run(['lint', '-'], JSON.stringify(make?.('*')))
    expect(code).toBe(1)
    expect(out).toMatch(/^-: .*score \d+ of 100\n/)
    expect(out).toMatch(/ {2}critical L0[12]: /)
  })

  test.each([
    ['critical', 0],
    ['high', 1],
    ['none', 0],
  ])('--fail-on %s ends with %i where the worst finding is high', async (severity, code) => {
    const [, make] = forms[0] ?? []
    const file = fileOf(make?.('repo:acme/app:*'))
    const { out, code: found } = await run(['lint', file, '--format', 'json', '--fail-on', severity])
    expect(JSON.parse(out)[0].worst).toBe('high')
    expect(found).toBe(code)
  })

  test('nothing that a file says can move the cursor, or begin a line', async () => {
    const { out } = await run([
      'lint',
      fileOf({ issuer, keys: [{ kind: 'jwks-url', url: jwks }], name: 'a\u001b[2J\u202e\nL99' }),
    ])
    for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden)
    expect(out.split('\n').some((text) => text.startsWith('L99'))).toBe(false)
  })
})

describe('input that cannot be read ends with 2, on one line that names the place', () => {
  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"keys": [}', /^\d+\.json:1:11: it is not JSON/],
    ['a wrong field', { keys: [{ kind: 'jwks-url', url: 'x' }] }, /^\d+\.json: keys\.0\.url: /],
    [
      'an unknown field',
      { keys: [{ kind: 'jwks-url', url: jwks }], rule: [] },
      /rule: Unknown field\. Did you mean "rules"\?/,
    ],
    ['a wrong field of another API', { jwksUrl: jwks, boundClaims: [] }, /^\d+\.json: boundClaims: /],
    ['a wrong field in a list', [{ jwksUrl: jwks }, { jwksUrl: 7 }], /^\d+\.json: 1\.jwksUrl: /],
    ['members of no known form', { hello: 1 }, /no known form/],
    ['no object', '[[7]]', /0\.0: A trust as a JSON object is expected/],
    ['two sources of keys', { jwksUrl: jwks, publicKeys: ['x'] }, /configurationType: /],
    ['a list without a trust', { trusts: [] }, /^\d+\.json: It holds no trust\.$/],
    ['lists in lists', [[], []], /holds no trust/],
    ['bits that are no integer', { iss: 'a', project: { id: 'p' }, JWKsURL: jwks, prm: 'x' }, /prm: /],
  ])('%s', async (_, value, message) => {
    const { code, out, err } = await run(['lint', fileOf(value)])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toContain('\n')
  })

  test('a file that is not there, and one that is not text', async () => {
    expect(await run(['lint', 'absent.json'])).toMatchObject({ code: 2, err: expect.stringContaining('absent.json') })
    writeFileSync(path.join(folder, 'bytes.json'), Buffer.from([0xff, 0xfe, 0x7b]))
    expect(await run(['lint', 'bytes.json'])).toMatchObject({ code: 2, err: 'bytes.json is not UTF-8 text.' })
  })

  test.each([
    ['--format', 'xml'],
    ['--fail-on', 'bad'],
  ])('%s %s', async (option, value) => {
    expect((await run(['lint', fileOf({}), option, value])).code).toBe(2)
  })
})

describe('compare', () => {
  const [, make] = forms[0] ?? [null, () => ({})]
  const [before, after] = [() => fileOf(make(main)), () => fileOf(make('repo:acme/app:*'))]

  test('says what is wider, with an example, and fails on new findings', async () => {
    const { code, out } = await run(['compare', before(), after(), '--format', 'json'])
    const answer = JSON.parse(out)
    expect(code).toBe(1)
    expect(answer.relation).toBe('wider')
    const sub = answer.dimensions.find(({ id }: { id: string }) => id === 'rules.sub')
    expect(sub).toMatchObject({ relation: 'wider', accepted: { value: expect.stringMatching(/^repo:acme\/app:/) } })
    expect(answer.raised.map(({ id }: { id: string }) => id)).toContain('L13')
  })

  test('the way back is narrower, and fails on nothing', async () => {
    const { code, out } = await run(['compare', after(), before()])
    expect(code).toBe(0)
    expect(out).toMatch(/^narrower\n/)
  })

  test('SARIF has the findings that are new', async () => {
    const { code, out } = await run(['compare', before(), after(), '--format', 'sarif'])
    const ids = JSON.parse(out).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)
    expect(code).toBe(1)
    expect(ids).toContain('L13')
    const same = await run(['compare', after(), after(), '--format', 'sarif'])
    expect({ code: same.code, results: JSON.parse(same.out).runs[0].results }).toEqual({ code: 0, results: [] })
  })

  test('--fail-on-wider fails on what is too much to compare, and on another claim that is repeated', async () => {
    const hard = (end: string) => ({ ...make(main), rules: [rule('sub', `*a${'?'.repeat(60)}${end}*`)] })
    const easy = { ...make(main), rules: [rule('sub', `*a${'?'.repeat(61)}`, `*b${'?'.repeat(60)}`)] }
    const named = (metadata: object) =>
      fileOf({ ...make(main), grant: { ttlSeconds: 900, ttlSecondsMax: 900, metadata } })
    const args = ['--fail-on', 'none', '--fail-on-wider']
    expect((await run(['compare', fileOf(easy), fileOf(hard('')), ...args])).code).toBe(1)
    expect((await run(['compare', named({ a: 'ref' }), named({ b: 'ref' }), ...args])).code).toBe(1)
  })

  test('--fail-on-wider fails on a wider trust without a finding', async () => {
    const wider = fileOf(make('repo:acme/app:environment:prod'))
    const args = ['compare', before(), wider, '--fail-on', 'none']
    expect((await run(args)).code).toBe(0)
    expect((await run([...args, '--fail-on-wider'])).code).toBe(1)
  })

  test('a trust of one API is compared with one of another', async () => {
    const [, other] = forms[1] ?? [null, () => ({})]
    const { out } = await run(['compare', fileOf(make(main)), fileOf(other(main)), '--format', 'json'])
    const sub = JSON.parse(out).dimensions.find(({ id }: { id: string }) => id === 'rules.sub')
    expect(sub.relation).toBe('equal')
  })
})

describe('recognise', () => {
  const claims = sampleClaims(github, { now: 1_800_000_000, audience: own })

  test('reads claims, and a token whose signature does not count', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${part({ alg: 'RS256' })}.${part(claims)}.${part('x')}`
    const read = await run(['recognise', fileOf(claims), '--format', 'json'])
    const decoded = await run(['recognise', '-', '--format', 'json'], `${token}\n`)
    expect(read.code).toBe(0)
    expect(JSON.parse(read.out).preset.id).toBe('github')
    expect(decoded.out).toBe(read.out)
  })

  test('no object of claims ends with 2', async () => {
    expect(await run(['recognise', fileOf([1])])).toMatchObject({ code: 2, out: '' })
  })
})
