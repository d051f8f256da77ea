import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import { isProof, partsOfHead, partsOfUnsealed, proofOf } from '@/lib/db/evidence/proof'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'
import { systemActing } from '../context'
import { evidenceKey } from '../evidence/evidence-key'
import { resealAll } from './reseal'
import { rotateSigningKey } from './rotate-signing-key'
import { type SealPurpose, seal, unseal } from './seal'
import { forgetSigningKeys, publicKeySet, signingKey } from './signing-key'

const databases = bothDatabases()
const former = 'the secret that everything was sealed with'
const present = 'the secret that is to take its place, later'
const third = 'a secret that no one else knows anything of'

/** As a process that was started with these secrets. */
function secrets(KEYBOUND_SECRET: string, KEYBOUND_PREVIOUS_SECRET = '') {
  perProcess('env').value = parseEnv({ KEYBOUND_SECRET, KEYBOUND_PREVIOUS_SECRET }, '/nowhere')
}

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  const at = new Date('2026-06-01T12:00:00Z')
  const acting = () => ({ ...systemActing('test', at), db })

  beforeEach(async () => {
    db = databases.client(name)
    await db.signingKey.deleteMany()
    await db.evidenceKey.deleteMany()
    await db.unsealedRecord.deleteMany()
    await db.chainHead.deleteMany()
    await db.auditEntry.deleteMany()
    await db.organization.deleteMany()
    await db.user.deleteMany()
    forgetSigningKeys(db)
    secrets(former)
    await signingKey(db)
    await evidenceKey(db, at)
    await rotateSigningKey(acting(), { publishedFirstSeconds: 600, endsTokens: false })
    await db.organization.create({ data: { id: 'o', name: 'Acme', slug: 'acme' } })
    const policy = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
    await db.trust.create({ data: { id: 't', organizationId: 'o', kind: 'sign-in', name: 't', ...policy } })
    // More than are read at a time.
    const ids = Array.from({ length: 250 }, (_, n) => `u${n}`)
    await db.user.createMany({ data: ids.map((id) => ({ id, name: 'Ada', email: `${id}@example.com` })) })
    const secretOf = async (userId: string) => ({ userId, secret: await seal('second-factor', userId), createdAt: at })
    await db.secondFactor.createMany({ data: await Promise.all(ids.map(secretOf)) })
    const intent = {
      trustId: 't',
      purpose: 'intent',
      status: 'succeeded',
      successUrl: '/',
      createdAt: at,
      expiresAt: at,
    }
    const stream = { organizationId: 'o', name: 's', url: 'https://siem.example', kinds: '[]', seq: 0 }
    await db.stream.create({
      data: { ...stream, id: 's', secret: await seal('stream', '[]'), nextAt: at, createdAt: at },
    })
    const person = await seal('sign-in-state', '{"sub":"x"}')
    await db.signInIntent.createMany({
      data: [
        { ...intent, id: 'a', person },
        { ...intent, id: 'b' },
      ],
    })
    await db.auditEntry.deleteMany()
  })

  /** Every sealed text of the database. */
  async function sealed(): Promise<[SealPurpose, string][]> {
    const keys = await db.signingKey.findMany({ orderBy: { id: 'asc' } })
    const evidence = await db.evidenceKey.findMany()
    const factors = await db.secondFactor.findMany({ orderBy: { userId: 'asc' } })
    const intents = await db.signInIntent.findMany({ orderBy: { id: 'asc' } })
    const streams = await db.stream.findMany()
    return [
      ...keys.map((row) => ['signing-key', row.privateJwk] as [SealPurpose, string]),
      ...evidence.map((row) => ['evidence-key', row.privateJwk] as [SealPurpose, string]),
      ...factors.map((row) => ['second-factor', row.secret] as [SealPurpose, string]),
      ...streams.map((row) => ['stream', row.secret] as [SealPurpose, string]),
      ...intents.flatMap((row) => (row.person ? [['sign-in-state', row.person] as [SealPurpose, string]] : [])),
    ]
  }
  const opened = async () => Promise.all((await sealed()).map(([purpose, text]) => unseal(purpose, text)))

  test('everything sealed is opened by the new secret alone afterwards, and says what it said', async () => {
    const before = await opened()
    expect(before).toHaveLength(255)
    secrets(present, former)
    expect(await resealAll(acting(), former)).toEqual({
      ...{ 'signing-key': 2, 'evidence-key': 1, 'second-factor': 250, stream: 1, 'sign-in-state': 1 },
    })
    secrets(present)
    expect(await opened()).toEqual(before)
    expect((await publicKeySet(db, at)).keys).toHaveLength(2)
    secrets(former)
    await expect(opened()).rejects.toThrow()
  })

  test('while both secrets are given, what either has sealed is opened', async () => {
    secrets(present, former)
    expect(await opened()).toHaveLength(255)
    const now = await seal('second-factor', 'sealed meanwhile')
    await db.secondFactor.update({ where: { userId: 'u7' }, data: { secret: now } })
    expect(await resealAll(acting(), former)).toMatchObject({ 'second-factor': 249 })
    expect(await unseal('second-factor', now)).toBe('sealed meanwhile')
    expect(await resealAll(acting(), former)).toEqual({
      ...{ 'signing-key': 0, 'evidence-key': 0, 'second-factor': 0, stream: 0, 'sign-in-state': 0 },
    })
  })

  test('proofs of the evidence log are made anew, and what no secret has proven stays so', async () => {
    const head = { organizationId: 'o', seq: 7, hash: 'ab'.repeat(32) }
    const forged = { organizationId: 'p', seq: 7, hash: 'ab'.repeat(32), mac: 'forged', sealedAt: at }
    await db.chainHead.createMany({ data: [{ ...head, mac: proofOf(partsOfHead(head)), sealedAt: at }, forged] })
    const note = { recordId: 'r', kind: 'count-audit', organizationId: 'o', at, digest: '', isCounted: true, dueAt: at }
    await db.unsealedRecord.create({ data: { ...note, mac: proofOf(partsOfUnsealed(note)) } })
    secrets(present, former)
    await resealAll(acting(), former)
    secrets(present)
    const heads = await db.chainHead.findMany({ orderBy: { organizationId: 'asc' } })
    expect(heads.map(({ mac, ...row }) => isProof(mac, partsOfHead(row)))).toEqual([true, false])
    const notes = await db.unsealedRecord.findMany({ where: { recordId: 'r' } })
    expect(notes.map(({ mac, ...row }) => isProof(mac, partsOfUnsealed(row)))).toEqual([true])
  })

  test('one text that neither secret opens changes nothing at all, and is named', async () => {
    secrets(third)
    const strange = await seal('second-factor', 'of a third secret')
    await db.secondFactor.update({ where: { userId: 'u99' }, data: { secret: strange } })
    const before = await sealed()
    secrets(present, former)
    await expect(resealAll(acting(), former)).rejects.toThrow(/second factor of the person u99 .* nothing was changed/)
    expect(await sealed()).toEqual(before)
    expect(await db.auditEntry.count()).toBe(0)
  })

  test('a text is not moved to another purpose by it', async () => {
    const moved = await seal('second-factor', 'mine')
    await db.signInIntent.update({ where: { id: 'a' }, data: { person: moved } })
    secrets(present, former)
    await expect(resealAll(acting(), former)).rejects.toThrow(/sign-in a can be opened with neither/)
  })

  test('the audit says how much was sealed anew, and neither secret', async () => {
    secrets(present, former)
    await resealAll(acting(), former)
    const [entry, ...more] = await db.auditEntry.findMany()
    expect(more).toEqual([])
    expect(entry).toMatchObject({ action: 'secret.changed', actorKind: 'system' })
    expect(JSON.parse(entry?.after ?? '')).toEqual({
      ...{ 'signing-key': 2, 'evidence-key': 1, 'second-factor': 250, stream: 1, 'sign-in-state': 1 },
    })
  })
})
