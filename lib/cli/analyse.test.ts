import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnalysisAnswer } from '@/lib/model/posture'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { runCommand } from './run-command'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-analyse-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function fileOf(value: unknown) {
  const name = `${files++}.json`
  writeFileSync(path.join(folder, name), JSON.stringify(value))
  return name
}

async function run(args: string[]) {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await runCommand(args, {
    stdin: Readable.from([]),
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
const claims = sampleClaims(github, { now: 1_800_000_000, audience: own })

async function analysed(file: unknown, ...args: string[]) {
  const { code, out, err } = await run(['analyse', fileOf(file), '--format', 'json', ...args])
  expect(err).toBe('')
  const answer: AnalysisAnswer = JSON.parse(out)
  return { code, answer, finding: (id: string) => answer.findings.find((found) => found.id === id) }
}

test('analyse answers as the API does, and takes bindings from a token', async () => {
  const { code, answer, finding } = await analysed(
    { keys: [{ kind: 'jwks-url', url: jwks }] },
    ...['--claims', fileOf(claims), '--audience', own],
  )
  expect(code).toBe(1)
  expect(answer.preset?.id).toBe('github')
  expect(JSON.stringify(finding('L01')?.fix)).toContain(claims.repository_id)
  const human = await run(['analyse', fileOf({ keys: [{ kind: 'jwks-url', url: jwks }] })])
  expect(human.out).toMatch(/strangers: \d+ of \d+ get in\n/)
})

test('claims that lie beside the trust are taken, as by the API; an option comes before them', async () => {
  const trust = { keys: [{ kind: 'jwks-url', url: jwks }] }
  const beside = await analysed({ trust, claims })
  expect(JSON.stringify(beside.finding('L01')?.fix)).toContain(claims.repository_id)
  const other = fileOf({ ...claims, repository_id: '4711' })
  const given = await analysed({ trust, claims }, '--claims', other)
  expect(JSON.stringify(given.finding('L01')?.fix)).toContain('4711')
  const wrong = await run([
    'analyse',
    fileOf([
      { trust, claims },
      { trust, claims: 'eyJ' },
    ]),
  ])
  expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/^\d+\.json: 1\.claims: The claims of a token/) })
})

const rule = (claim: string, ...values: string[]) => ({ path: claim, matcher: { kind: 'glob-any', values } })
const main = 'repo:acme/app:ref:refs/heads/main'

describe('what a trust accepts', () => {
  const trust = (sub: string[], more: object = {}) => ({
    ...{ issuer, keys: [{ kind: 'jwks-url', url: jwks }], rules: [rule('aud', own), rule('sub', ...sub)], ...more },
  })

  test('only the key URL of GitHub: blocked, strangers get in, and a token gives the rules that bind', async () => {
    const { answer, finding } = await analysed({ trust: { keys: [{ kind: 'jwks-url', url: jwks }] }, claims })
    expect(answer.preset?.id).toBe('github')
    expect(answer.findings.some(({ blocks }) => blocks)).toBe(true)
    const named = answer.strangers.filter(({ admitted }) => admitted).map(({ title }) => title)
    expect(new Set(named).size).toBeGreaterThanOrEqual(2)
    const added = JSON.stringify(finding('L01')?.fix?.changes)
    expect(added).toContain('repository_id')
    expect(added).toContain(claims.repository_id)
  })

  test('a wildcard beside an exact subject leaves it open', async () => {
    const { answer } = await analysed(trust([main, '*']))
    const { answer: exact } = await analysed(trust([main]))
    const tenant = ({ parts }: AnalysisAnswer) => parts.find(({ role }) => role === 'tenant')?.status
    expect({ open: tenant(answer), exact: tenant(exact) }).toEqual({ open: 'open', exact: 'pinned' })
    expect(answer.findings.some(({ blocks }) => blocks)).toBe(true)
  })

  test('a misspelt ref accepts nothing, and what was meant is said', async () => {
    const { answer } = await analysed(trust(['repo:acme/app:ref:refs/head/main']))
    expect(answer.dead).toEqual([expect.objectContaining({ suggestion: main })])
    expect(answer.strangers.filter(({ admitted }) => admitted)).toEqual([])
    const human = await run(['analyse', fileOf(trust(['repo:acme/app:ref:refs/head/main']))])
    expect(human.out).toContain(`Did you mean "${main}"?`)
  })

  test('a workspace prefix of HCP Terraform also fits another workspace, which is named', async () => {
    const terraform = 'https://app.terraform.io'
    const { answer } = await analysed({
      ...{ issuer: terraform, keys: [{ kind: 'oidc-discovery', url: terraform }] },
      rules: [rule('aud', own), rule('sub', 'organization:o:project:p:workspace:w*')],
    })
    const subjects = answer.parts.flatMap(({ witness }) => witness?.subject ?? [])
    expect(subjects).toEqual(
      expect.arrayContaining([expect.stringMatching(/^organization:o:project:p:workspace:w[^:]+:run_phase:/)]),
    )
  })
})
