import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sarifFaults } from '@/e2e/fixtures/sarif-schema'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { runCommand } from './run-command'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-sarif-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function fileOf(value: unknown, name = `${files++}.json`) {
  writeFileSync(path.join(folder, name), JSON.stringify(value))
  return name
}

/** The log that a command prints. */
async function log(...args: string[]) {
  const lines: string[] = []
  const code = await runCommand([...args, '--format', 'sarif'], {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    print: (line) => void lines.push(line),
    say: (line) => void lines.push(line),
    pathOf: (file) => path.join(folder, file),
  })
  const { runs, ...rest } = JSON.parse(lines.join('\n'))
  return { code, log: { ...rest, runs }, results: runs[0].results, rules: runs[0].tool.driver.rules }
}

const issuer = 'https://token.actions.githubusercontent.com'
const keys = [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks` }]
const wide = { issuer, keys, rules: [{ path: 'sub', matcher: { kind: 'glob-any', values: ['repo:acme/*'] } }] }
const claims = sampleClaims(github, { now: 1_800_000_000, audience: 'https://keybound.acme.dev' })

describe('SARIF is valid by the schema of SARIF 2.1.0', () => {
  test('the schema refuses what is no log, so that it can be relied on', () => {
    expect(sarifFaults({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).not.toBeNull()
    expect(sarifFaults({ version: '2.1.0', runs: [], more: 1 })).not.toBeNull()
    expect(sarifFaults({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } } }] })).toBeNull()
  })

  test.each(['lint', 'analyse'])('of %s, for a wide, an open and an unreadable name', async (command) => {
    const list = [wide, { keys }, { ...wide, name: 'a\u001b[2J\u202e"\n' }]
    const made = await log(command, fileOf(list, 'ünï code #1?.json'), '--audience', 'https://keybound.acme.dev')
    expect(sarifFaults(made.log)).toBeNull()
    expect(made.results.length).toBeGreaterThan(3)
    expect(made.rules[0].helpUri).toBe('https://keybound.acme.dev/posture/rules/L01')
  })

  test('of compare', async () => {
    const narrow = { ...wide, rules: [{ path: 'sub', matcher: { kind: 'glob-any', values: ['repo:acme/a:x'] } }] }
    const made = await log('compare', fileOf(narrow), fileOf(wide))
    expect(sarifFaults(made.log)).toBeNull()
    expect(made.results).not.toEqual([])
  })
})

describe('recognise, as SARIF', () => {
  test('a known token has no results', async () => {
    const made = await log('recognise', fileOf(claims))
    expect(sarifFaults(made.log)).toBeNull()
    expect({ code: made.code, results: made.results }).toEqual({ code: 0, results: [] })
  })

  test('an unknown issuer, an unknown claim and an unusual value are notes, each of a described rule', async () => {
    const odd = await log('recognise', fileOf({ ...claims, colour: 'red', repository_id: 7 }))
    const stranger = await log('recognise', fileOf({ ...claims, iss: 'https://login.evil.dev' }))
    const noted = ({ results }: { results: { ruleId: string; locations: { logicalLocations: object[] }[] }[] }) =>
      results.map(({ ruleId, locations }) => [ruleId, locations[0]?.logicalLocations[0]])
    for (const made of [odd, stranger]) {
      expect(sarifFaults(made.log)).toBeNull()
      expect(made.code).toBe(0)
      for (const { ruleId, ruleIndex, level } of made.results) {
        expect({ id: made.rules[ruleIndex].id, level }).toEqual({ id: ruleId, level: 'note' })
      }
    }
    expect(noted(odd)).toEqual([
      ['unknown-claim', expect.objectContaining({ name: 'colour' })],
      ['unusual-value', expect.objectContaining({ name: 'repository_id' })],
    ])
    expect(noted(stranger)[0]).toEqual(['unknown-issuer', expect.objectContaining({ name: 'iss' })])
    expect(stranger.results[0].message.text).toContain('GitHub')
  })
})
