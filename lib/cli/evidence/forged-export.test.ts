import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { act, at, decide, decision, minutesLater, sealAll, sealedLog } from '@/e2e/fixtures/sealed-log'
import { runKeybound } from '@/e2e/fixtures/terminal'
import type { FlatObject } from '@/lib/db/evidence/canonical-json'
import { newEvidenceKey, publicHalf, signEnd } from '@/lib/db/evidence/checkpoint-signature'
import { nextLink, originHash } from '@/lib/db/evidence/record-digest'
import { evidenceKeySet } from '@/lib/services/evidence/evidence-key'
import { exportLog } from '@/lib/services/evidence/export-log'
import { addCheckpoint } from '@/lib/services/evidence/make-checkpoint'

const databases = bothDatabases()
const folder = mkdtempSync(path.join(tmpdir(), 'keybound-forged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Line = { seq: number; entry: string; hash: string; record: object | null; omitted?: true }

/** What the owner of a file can make of it without the key that signs. */
describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const keys = path.join(folder, `${name}.json`)
  let log: string

  beforeEach(async () => {
    log = await sealedLog(db())
    await addCheckpoint(db(), log, at)
    await act(db(), log, 'after the checkpoint')
    await sealAll(db())
    await writeFile(keys, JSON.stringify({ keys: await evidenceKeySet(db()) }))
  })

  // biome-ignore lint/suspicious/noExplicitAny: lines of three kinds
  async function exported(now = at): Promise<any[]> {
    const lines: unknown[] = []
    for await (const line of exportLog(db(), log, now)) lines.push(JSON.parse(JSON.stringify(line)))
    return lines
  }
  const verify = (lines: readonly unknown[], ...options: string[]) => {
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    return runKeybound(['audit', 'verify', '-', '--key', keys, ...options], Buffer.from(text))
  }
  const told = async (lines: readonly unknown[], ...options: string[]) => {
    const { code, out } = await verify(lines, ...options)
    return [code, out.split('\n')[0]]
  }

  /** A log whose hashes are all right, with a head that says that it is proven. */
  function madeUp(
    entries: readonly FlatObject[],
    { header, ...place }: { header: object; seq?: number; hash?: string },
  ) {
    let last = { seq: place.seq ?? 0, hash: place.hash ?? originHash(log) }
    const links = entries.map((entry): Line => {
      const link = nextLink(last, entry)
      last = link
      return { ...link, record: null }
    })
    const head = { ...last, isProven: true }
    return {
      links,
      lines: [
        { ...header, head },
        ...links,
        { end: { head: { seq: head.seq, hash: head.hash, isProven: true }, unsealed: 0 } },
      ],
    }
  }
  const time = at.toISOString()
  const event = { kind: 'event', at: time, type: 'alarm.raised', of: 'a source' }

  test('a log that was made up as a whole is not proven by what it says of itself', async () => {
    const [header] = await exported()
    const { lines } = madeUp([{ kind: 'began', at: time }, event], { header })
    expect(await told(lines)).toEqual([1, expect.stringContaining('Entries 1 to 2 are proven by nothing')])
  })

  test('what comes after the last checkpoint can be neither replaced nor cut off', async () => {
    const all = await exported()
    expect((await verify(all)).code).toBe(0)
    const [header, ...rest] = all
    const upTo = rest.slice(0, 8)
    const place = { header, ...upTo[7] }
    const { links, lines } = madeUp([event], place)
    const end = lines.at(-1)
    const replaced = [lines[0], ...upTo, ...links, end]
    expect(await told(replaced)).toEqual([1, expect.stringContaining('Entries 8 to 9 are proven by nothing')])
    const head = { seq: 8, hash: upTo[7].hash, isProven: true }
    expect(await told([{ ...header, head }, ...upTo, { end: { head } }])).toEqual([
      1,
      expect.stringContaining('Entry 8 is proven by nothing'),
    ])
    // With the signature of another end, of a checkpoint, or of another key.
    const { privateJwk, kid } = (() => {
      const privateJwk = newEvidenceKey()
      return { privateJwk, kid: publicHalf(privateJwk).kid }
    })()
    const own = signEnd({ log, seq: 8, hash: head.hash, at: time, organization: header.organization }, kid, privateJwk)
    const { jws: checkpoint } = JSON.parse(upTo[7].entry)
    for (const jws of [all.at(-1).end.jws, checkpoint, own]) {
      const [code, message] = await told([{ ...header, head }, ...upTo, { end: { head, jws } }])
      expect([code, message]).toEqual([1, expect.stringMatching(/signature at the end is over another|no known key/)])
    }
  })

  test('a checkpoint is no signed end, though it signs the last entry that is left', async () => {
    const [header, ...rest] = await exported()
    const { jws } = JSON.parse(rest[7].entry)
    const head = { seq: 7, hash: rest[6].hash, isProven: true }
    expect(await told([{ ...header, head }, ...rest.slice(0, 7), { end: { head, jws } }])).toEqual([
      1,
      expect.stringContaining('signed by no known key'),
    ])
  })

  test('an export of an older version is intact as far as a checkpoint signs it', async () => {
    const older = async () => {
      const lines = await exported()
      const { head, unsealed } = lines.at(-1).end
      return [...lines.slice(0, -1), { end: { head, unsealed } }]
    }
    const lines = await older()
    expect(await told(lines)).toEqual([1, expect.stringContaining('Entries 8 to 9 are proven by nothing')])
    await addCheckpoint(db(), log, at)
    const row = await db().chainEntry.findFirst({ where: { organizationId: log, seq: 10 } })
    const kept = path.join(folder, `${name}-kept`)
    await writeFile(kept, JSON.parse(row?.entry ?? '').jws)
    expect((await verify(lines, '--checkpoint', kept)).code).toBe(0)
  })

  test('a head that was changed in the database is not signed', async () => {
    await db().chainHead.update({ where: { organizationId: log }, data: { mac: 'forged' } })
    const lines = await exported()
    expect(lines.at(-1)).toMatchObject({ end: { jws: null } })
    const proven = (head: object) => ({ ...head, isProven: true })
    const { end } = lines.at(-1)
    const claimed = [
      { ...lines[0], head: proven(lines[0].head) },
      ...lines.slice(1, -1),
      { end: { ...end, head: proven(end.head) } },
    ]
    expect(await told(claimed)).toEqual([1, expect.stringContaining('proven by nothing')])
  })

  test('only a record can be left out, and only in a pack', async () => {
    const [header, ...rest] = await exported()
    const chosen = { ...header, records: 'chosen' }
    const { lines } = madeUp([{ kind: 'began', at: time }, { kind: 'head-changed', at: time }, event], {
      header: chosen,
    })
    const quiet = lines.map((line) => ('entry' in line ? { ...line, omitted: true } : line))
    const { code, out } = await verify(quiet)
    expect(code).toBe(1)
    for (const message of [
      'Entry 2 (head-changed) says',
      'The end of the log was changed by hand before entry 2',
      'Entry 3 (event)',
    ])
      expect(out).toContain(message)
    const without = rest.map((line) =>
      'record' in line && line.record ? { ...line, record: null, omitted: true } : line,
    )
    expect(await told([chosen, ...without])).toEqual([1, expect.stringContaining('by its evidence pack alone')])
  })

  test('numbers of counted acts are those that were sealed, with each of the entries that show them', async () => {
    await decide(db(), decision(log, false, 5))
    await sealAll(db())
    await sealAll(db(), minutesLater(80))
    const lines = await exported(minutesLater(80))
    expect((await verify(lines)).code).toBe(0)
    const [record, count] = ['refused', 'count'].map((kind) =>
      lines.findLastIndex(({ entry }) => entry && JSON.parse(entry).kind === kind),
    )
    if (record === undefined || count === undefined) throw new Error('There are no entries.')
    const other = { ...lines[record].record, repeats: 0 }
    const forged = (...changes: [at: number, record: object | null][]) =>
      lines.map((line, at) => {
        const change = changes.find(([changed]) => changed === at)
        return change ? { ...line, record: change[1] } : line
      })
    for (const file of [
      forged([record, other]),
      forged([record, other], [count, null]),
      forged([record, { ...lines[record].record, lastAt: minutesLater(5).toISOString() }], [count, null]),
      forged([count, { ...lines[count].record, subject: 'another' }]),
      forged([count, { ...lines[count].record, id: 'req-other' }]),
    ])
      expect(await told(file)).toEqual([1, expect.stringContaining('The number of acts counted into it')])
    // An export that began before the number was final may show an earlier one, but says so in what is signed.
    const early = [
      { ...lines[0], at: minutesLater(1).toISOString() },
      ...forged([record, other], [count, null]).slice(1),
    ]
    const { code, out } = await verify(early)
    expect([code, out]).toEqual([1, expect.stringContaining('names another time than the signature')])
    expect(out).toContain('The number of acts counted into it')
  })

  test('no member of a record can be hidden in the name of another, or added', async () => {
    const lines = await exported()
    const at = lines.findIndex(({ record }) => record?.table === 'decision')
    const { accepted, at: when, ...rest } = lines[at].record
    const hidden = { ...rest, [`accepted":${accepted},"at`]: when }
    for (const record of [hidden, { ...lines[at].record, isCounted: false }, { ...lines[at].record, lastAt: when }]) {
      const file = lines.map((line, number) => (number === at ? { ...line, record } : line))
      expect(await told(file)).toEqual([1, expect.stringContaining('It is not what was written')])
    }
  })

  test('a file writes nothing but text to the terminal, and no line of its own', async () => {
    const [header] = await exported()
    const hostile = '\u001b[2J\u009b1mx\nIntact: all\r\u202e'
    const digest = 'ab'.repeat(32)
    const { lines } = madeUp(
      [
        { kind: 'accepted', at: time, id: hostile, digest },
        { kind: 'removed', at: time, of: 'audit', before: time, days: 0, follows: hostile },
      ],
      { header: { ...header, organization: hostile, log } },
    )
    const { out, err } = await verify(lines)
    expect(out).toContain('\\u{001b}[2J')
    for (const text of out.split('\n')) {
      expect(text).not.toMatch(/^Intact/)
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
    const refused = await verify([{ ...header, log: hostile }], '--log', log)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(`${err}${refused.err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('of a file of a later version, and of an entry of a kind of one, it is said what to do', async () => {
    const [header, ...rest] = await exported()
    const later = await verify([{ ...header, version: 2 }, ...rest])
    expect([later.code, later.out]).toEqual([1, ''])
    expect(later.err).toContain('version 2 of its format')
    const { lines } = madeUp(
      [
        { kind: 'began', at: time },
        { kind: 'witnessed', at: time },
      ],
      { header },
    )
    expect(await told(lines)).toEqual([1, expect.stringMatching(/of the kind witnessed .* verify with the version/)])
  })

  test('the result says whose log it is, and another one is refused', async () => {
    const lines = await exported()
    const { out } = await verify(lines, '--log', log)
    expect(out).toContain(`Log ${log} of "Acme", exported at ${time}`)
    const renamed = [{ ...lines[0], organization: 'Other' }, ...lines.slice(1)]
    expect(await told(renamed)).toEqual([1, expect.stringContaining('names another organization')])
    const other = await verify(lines, '--log', 'another')
    expect([other.code, other.out, other.err]).toEqual([1, '', expect.stringContaining(log)])
  })
})
