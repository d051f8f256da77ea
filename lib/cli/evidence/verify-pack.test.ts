import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { acting, decide, decision, sealAll } from '@/e2e/fixtures/sealed-log'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { runKeybound } from '@/e2e/fixtures/terminal'
import { unzipped, zipped } from '@/e2e/fixtures/zip-files'
import { inTransaction } from '@/lib/db/transaction'
import { record } from '@/lib/services/audit/record'
import type { Context } from '@/lib/services/context'
import { evidenceKeySet } from '@/lib/services/evidence/evidence-key'
import { addCheckpoint } from '@/lib/services/evidence/make-checkpoint'
import { evidencePack } from '@/lib/services/evidence/pack/evidence-pack'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { createTrust } from '@/lib/services/trust/create-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-pack-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const saved = async (content: Buffer | string) => {
  files += 1
  const name = path.join(folder, `${files}`)
  await writeFile(name, content)
  return name
}

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  let admin: Context
  let keys: string
  const trusts: { id: string; identityId: string | null }[] = []

  beforeAll(async () => {
    admin = (await service.person('admin', 'Ada')).ctx
    for (const number of [1, 2]) {
      const { id: identityId } = await createIdentity(admin, { name: `agent ${number}` })
      const trust = await createTrust(admin, await jwtTrust(identityId))
      await updateTrust(admin, { id: trust.id }, (before) => ({
        ...before,
        grant: { ...before.grant, ttlSeconds: 60 },
      }))
      trusts.push(trust)
      for (const accepted of [true, false]) {
        await decide(service.db, { ...decision(service.organizationId, accepted), trustId: trust.id as never })
      }
    }
    await sealAll(service.db, admin.now())
    await addCheckpoint(service.db, service.organizationId, admin.now())
    keys = await saved(JSON.stringify({ keys: await evidenceKeySet(service.db) }))
  })

  const pack = async (query = {}) => buffer(await evidencePack(admin, query))
  const verify = async (archive: Buffer, ...options: string[]) =>
    runKeybound(['audit', 'verify', await saved(archive), ...options])
  const seqOf = async (recordId: string) => (await service.db.chainEntry.findFirst({ where: { recordId } }))?.seq
  const firstOf = ({ code, out }: Awaited<ReturnType<typeof verify>>) => [code, out.split('\n')[0]]
  const linesOf = (all: [string, Buffer][], file: string) => {
    const text = all.find(([name]) => name === file)?.[1].toString() ?? ''
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  test('a pack of all holds trusts, versions, decisions and the log with its proof, and is accepted offline', async () => {
    const archive = await pack()
    const all = await unzipped(archive)
    expect(all.map(([name]) => name)).toEqual([
      ...['README.txt', 'trusts.ndjson', 'versions.ndjson', 'key-sources.ndjson', 'decisions.ndjson'],
      ...['access-reviews.ndjson', 'access-review-items.ndjson', 'access-review-items.csv'],
      ...['audit-log.ndjson', 'manifest.json', 'manifest.jws'],
    ])
    expect(linesOf(all, 'trusts.ndjson').map(({ id }) => id)).toEqual(trusts.map(({ id }) => id).sort())
    expect(linesOf(all, 'versions.ndjson').map(({ version, actorName }) => [version, actorName])).toEqual(
      [1, 2, 1, 2].map((version) => [version, 'Ada']),
    )
    const decided = linesOf(all, 'decisions.ndjson').map(({ trustId, accepted }) => `${trustId} ${accepted}`)
    expect(decided.sort()).toEqual(trusts.flatMap(({ id }) => [`${id} true`, `${id} false`]).sort())
    const { code, out } = await verify(archive, '--key', keys)
    expect([code, out]).toEqual([0, expect.stringMatching(/^Intact: 9 files.* 10 records.* 1 checkpoint/)])
  })

  test('a pack of chosen trusts holds only their records, and proves that no entry was left out', async () => {
    const [one, other] = trusts
    const archive = await pack({ trusts: one?.id })
    const all = await unzipped(archive)
    for (const [name, content] of all) expect([name, content.includes(other?.id ?? '')]).toEqual([name, false])
    expect(linesOf(all, 'decisions.ndjson')).toHaveLength(2)
    const { code, out } = await verify(archive, '--key', keys)
    expect([code, out]).toEqual([0, expect.stringMatching(/5 records.*5 left out/)])
    const ofIdentity = await unzipped(await pack({ identityId: one?.identityId }))
    expect(linesOf(ofIdentity, 'trusts.ndjson').map(({ id }) => id)).toEqual([one?.id])
  })

  test('the first thing that is wrong is named: a changed, missing or added file', async () => {
    const all = await unzipped(await pack())
    const changed = (file: string, change: (text: string) => string) =>
      all.map(([name, content]): [string, Buffer | string] => [
        name,
        name === file ? change(content.toString()) : content,
      ])
    const cases: [string, [string, Buffer | string][], string][] = [
      [
        'changed',
        changed('trusts.ndjson', (text) => text.replace('agent 1', 'agent 9')),
        'The file trusts.ndjson was changed',
      ],
      ['missing', all.filter(([name]) => name !== 'versions.ndjson'), 'The file versions.ndjson is missing'],
      ['added', [...all, ['more.ndjson', '{}']], 'The file more.ndjson was added'],
      [
        'log',
        changed('audit-log.ndjson', (text) => text.replace('agent 1', 'agent 9')),
        'The file audit-log.ndjson was changed',
      ],
      [
        'manifest',
        changed('manifest.json', (text) => text.replace('"bytes": ', '"bytes":  ')),
        'The manifest was changed',
      ],
      ['signature', changed('manifest.jws', (text) => text.slice(0, -8)), 'The manifest is signed by no known key'],
      ['unsigned', all.filter(([name]) => name !== 'manifest.jws'), 'The manifest is signed by no known key'],
    ]
    for (const [how, files, message] of cases) {
      expect([how, ...firstOf(await verify(await zipped(files), '--key', keys))]).toEqual([
        how,
        1,
        expect.stringContaining(message),
      ])
    }
    expect(firstOf(await verify(await zipped(all), '--key', keys))[0]).toBe(0)
  })

  test('what was changed in the database before the pack was made is named', async () => {
    const [row] = await service.db.decision.findMany({ where: { trustId: trusts[0]?.id }, take: 1 })
    if (!row) throw new Error('There is no decision.')
    await service.db.decision.update({ where: { id: row.id }, data: { subject: 'another' } })
    expect(firstOf(await verify(await pack(), '--key', keys))).toEqual([
      1,
      expect.stringContaining(`The decision ${row.id}`),
    ])
    await service.db.decision.delete({ where: { id: row.id } })
    // Also where its record would not be in the pack.
    const other = await pack({ trusts: trusts[1]?.id })
    expect(firstOf(await verify(other, '--key', keys))).toEqual([
      1,
      expect.stringMatching(/deleted, and not by retention/),
    ])
    const { id: _, ...columns } = row
    await service.db.decision.create({ data: { id: row.id, ...columns } })
    expect((await verify(await pack(), '--key', keys)).code).toBe(0)
  })

  test('a record cannot be moved out of a pack: one that was changed is in each, and named', async () => {
    const [one, other] = trusts
    const [login] = await service.db.decision.findMany({ where: { trustId: one?.id }, take: 1 })
    const [act] = await service.db.auditEntry.findMany({ where: { targetId: one?.id }, take: 1 })
    if (!login || !act || !other) throw new Error('There are no records.')
    const move = (decided: string | null, acted: string | null) =>
      Promise.all([
        service.db.decision.update({ where: { id: login.id }, data: { trustId: decided } }),
        service.db.auditEntry.update({ where: { id: act.id }, data: { targetId: acted } }),
      ])
    const query = { trusts: one?.id }
    await move(other.id, act.targetId)
    expect(firstOf(await verify(await pack(query), '--key', keys))).toEqual([
      1,
      `The decision ${login.id} (entry ${await seqOf(login.id)}): It is not what was written.`,
    ])
    await move(login.trustId, other.id)
    expect(firstOf(await verify(await pack(query), '--key', keys))).toEqual([
      1,
      `The audit entry ${act.id} (entry ${await seqOf(act.id)}): It is not what was written.`,
    ])
    await move(login.trustId, act.targetId)
    expect((await verify(await pack(query), '--key', keys)).code).toBe(0)
  })

  test('a pack of an identity holds its logins also when their trust was moved in the database', async () => {
    const [one] = trusts
    const { id: another } = await createIdentity(admin, { name: 'another' })
    const row = { ...decision(service.organizationId), trustId: one?.id, identityId: one?.identityId }
    await decide(service.db, row as never)
    await sealAll(service.db, admin.now())
    const trustOf = (identityId: string | null) =>
      service.db.trust.update({ where: { id: one?.id ?? '' }, data: { identityId } })
    await trustOf(another)
    const held = linesOf(await unzipped(await pack({ identityId: one?.identityId })), 'decisions.ndjson')
    expect(held.map(({ id }) => id)).toEqual([row.id])
    await trustOf(one?.identityId ?? null)
  })

  test('an act that set periods of retention cannot be hidden by another action', async () => {
    await inTransaction({ db: service.db }, (tx) =>
      record(tx, acting(service.organizationId), { action: 'retention.updated', before: {}, after: { audit: 30 } }),
    )
    await sealAll(service.db, admin.now())
    const [act] = await service.db.auditEntry.findMany({ where: { action: 'retention.updated' }, take: 1 })
    if (!act) throw new Error('There is no act.')
    const rename = (action: string) => service.db.auditEntry.update({ where: { id: act.id }, data: { action } })
    await rename('project.created')
    const { code, out } = await verify(await pack({ trusts: trusts[0]?.id }), '--key', keys)
    expect([code, out]).toEqual([1, expect.stringContaining(`The audit entry ${act.id}`)])
    await rename('retention.updated')
  })

  test('the result says whose log it is, and --log requires one', async () => {
    const archive = await pack({ trusts: trusts[0]?.id })
    const { out } = await verify(archive, '--key', keys, '--log', service.organizationId)
    expect(out).toContain(`Log ${service.organizationId} of `)
    expect(out).toContain(`about the trusts ${trusts[0]?.id}`)
    const another = await verify(archive, '--key', keys, '--log', 'another')
    expect([another.code, another.out]).toEqual([1, ''])
    expect(another.err).toContain(service.organizationId)
  })

  test('archives that were made to harm their reader are refused', async () => {
    const archive = await pack()
    const central = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    const patched = (change: (copy: Buffer) => unknown) => {
      const copy = Buffer.from(archive)
      change(copy)
      return copy
    }
    const renamed = (to: string) => Buffer.from(archive.toString('latin1').replaceAll('README.txt', to), 'latin1')
    const hostile: [string, Buffer][] = [
      ['leaves its folder', renamed('../../boot')],
      ['absolute name', renamed('/etc/hosts')],
      ['folder', renamed('a/b/c/d/e/')],
      ['control characters', renamed('READ\u001b[31m')],
      [
        'twice',
        await zipped([
          ['a', 'x'],
          ['A', 'y'],
        ]),
      ],
      ['many files', await zipped(Array.from({ length: 33 }, (_, number) => [`${number}`, 'x']))],
      ['unpacks to more than it can hold', patched((copy) => copy.writeUInt32LE(0xffff_fff0, central + 24))],
      ['long manifest', await zipped([['manifest.json', ' '.repeat(2 * 1024 * 1024)]])],
      ['no pack', await zipped([['manifest.json', '{}']])],
      ['cut off', archive.subarray(0, archive.length - 100)],
      ['only a beginning', Buffer.from('PK\u0003\u0004')],
    ]
    for (const [how, bytes] of hostile) {
      const { code, out, err } = await verify(bytes, '--key', keys)
      expect([how, code, out]).toEqual([how, 1, ''])
      expect(err).toMatch(/archive|pack/)
    }
  })

  test('a file whose bytes cannot be unpacked is named', async () => {
    const archive = await pack()
    const copy = Buffer.from(archive)
    // Within the packed bytes of the first file.
    copy.fill(0xff, 60, 90)
    expect(firstOf(await verify(copy, '--key', keys))).toEqual([1, expect.stringContaining('README.txt')])
  })

  test('only those who may read the audit get a pack, and only of trusts of theirs', async () => {
    const outsider = (await service.person('no-access')).ctx
    await expect(evidencePack(outsider, {})).rejects.toMatchObject({ kind: 'forbidden' })
    const unknown = '00000000-0000-4000-8000-000000000000'
    await expect(evidencePack(admin, { trusts: unknown })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(evidencePack(admin, { identityId: unknown })).rejects.toMatchObject({ kind: 'not-found' })
  })
})
