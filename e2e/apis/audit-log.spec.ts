import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runKeybound } from '@/e2e/fixtures/terminal'
import type { Answer } from './client'
import { eventually } from './eventually'
import { type Installation, install } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const api = '/api/admin/audit-log'
const sealed = () =>
  eventually(
    () => here.admin.get(api),
    ({ body }) => body.unsealed === 0 && body.entries > 0,
  )
const linesOf = ({ text }: Answer) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Verifies a file without the server. */
async function verifyOffline(text: string, ...options: string[]) {
  return runKeybound(['audit', 'verify', '-', ...options], Buffer.from(text))
}
const file = async (name: string, text: string) => {
  const place = path.join(tmpdir(), `keybound-${process.pid}-${name}`)
  await writeFile(place, text)
  return place
}

test('acts are sealed in the background, verified with progress, and proven offline by the export', async () => {
  await here.identity({ name: 'one more' })
  const { body: head } = await sealed()
  expect(head).toMatchObject({ log: here.organizationId, unsealed: 0, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })

  const made = await here.admin.post(`${api}/checkpoints`)
  expect(made.status).toBe(201)
  await sealed()
  const listed = await here.admin.get(`${api}/checkpoints`)
  expect(listed.body.checkpoints[0]).toEqual(made.body)

  const verification = await here.admin.get(`${api}/verification`)
  expect(verification.headers.get('content-type')).toBe('application/x-ndjson')
  const told = linesOf(verification)
  expect(told[0]).toMatchObject({ progress: { done: 0 } })
  expect(told.at(-1)).toMatchObject({ result: { intact: true, problems: 0, first: null } })

  const exported = await here.admin.get(`${api}/export`)
  expect(exported.headers.get('content-disposition')).toMatch(/^attachment; filename="keybound-audit-log-.*\.ndjson"$/)
  const keys = await file('keys.json', (await here.anonymous.get('/.well-known/keybound-evidence-keys.json')).text)
  const kept = await file('checkpoint', made.body.jws)
  const intact = await verifyOffline(exported.text, '--key', keys, '--checkpoint', kept)
  expect([intact.code, intact.out]).toEqual([0, expect.stringContaining('Intact')])

  const lines = exported.text.trim().split('\n')
  const changed = (at: number, change: (line: string) => string[]) =>
    lines.flatMap((line, index) => (index === at ? change(line) : [line])).join('\n')
  const at = lines.findIndex((line) => line.includes('one more'))
  const tampered: [string, string, string][] = [
    ['edited', changed(at, (line) => [line.replace('one more', 'none more')]), 'It is not what was written'],
    ['deleted', changed(at, () => []), `Entry ${at} is missing`],
    ['repeated', changed(at, (line) => [line, line]), `Entry ${at} is there twice`],
    [
      'exchanged',
      lines
        .with(at, lines[at + 1] ?? '')
        .with(at + 1, lines[at] ?? '')
        .join('\n'),
      `Entry ${at} is missing`,
    ],
    ['cut off', lines.slice(0, at).join('\n'), 'it was cut off'],
    [
      'without a record',
      changed(at, (line) => [JSON.stringify({ ...JSON.parse(line), record: null })]),
      'It was deleted',
    ],
  ]
  for (const [how, text, message] of tampered) {
    const { code, out } = await verifyOffline(text, '--key', keys)
    expect([how, code, out.split('\n')[0]]).toEqual([how, 1, expect.stringContaining(message)])
  }
  const shorter = JSON.stringify({ ...JSON.parse(lines[0] ?? ''), head: null })
  const withoutEnd = [shorter, ...lines.slice(1, 3), JSON.stringify({ end: { head: null, unsealed: 0 } })]
  const short = await verifyOffline(withoutEnd.join('\n'), '--key', keys, '--checkpoint', kept)
  expect([short.code, short.out]).toEqual([1, expect.stringContaining('the checkpoint of')])
})

test('those who may read the audit may read and verify the log; others may not', async () => {
  const { client: auditor } = await here.actor('auditor')
  const { client: outsider } = await here.actor('no-access')
  for (const path of ['', '/verification', '/export', '/checkpoints']) {
    expect((await auditor.get(api + path)).status).toBe(200)
    expect((await outsider.get(api + path)).status).toBe(403)
    expect((await here.anonymous.get(api + path)).status).toBe(401)
  }
})
