import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { apis } from '@/lib/apis'
import { unreadableValues } from '@/lib/db/sqlite/unreadable'
import { AppError } from '@/lib/errors'
import { keySourceId } from '@/lib/net/key-cache'
import { startReview } from '@/lib/services/access-review/start-review'
import { attachTokenAuth, createToken } from '@/lib/services/access-token/token-auth'
import type { Context } from '@/lib/services/context'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { removeIdentity } from '@/lib/services/identity/remove-identity'
import { getOrganizationSettings } from '@/lib/services/organization/settings'
import { linkSubject } from '@/lib/services/sign-in/link-subject'
import { createStream } from '@/lib/services/stream/create-stream'
import { openInbox } from '@/lib/services/token-inbox/open-inbox'
import { createTrust } from '@/lib/services/trust/create-trust'
import { jsonText } from '@/lib/trust/json/json-text'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import type { Operation } from './api'
import { Streamed } from './streamed'

const service = useService()

const schemaModels = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(
  ([, model = '', body = '']) => ({ model, body }),
)

/** Every column of text but keys and what points to other rows, model by model, from the schema itself. */
const tables = schemaModels.map(({ model, body }) => ({
  model,
  columns: [...body.matchAll(/^ {2}(\w+)\s+String\b(.*)$/gm)]
    .filter(([, name = '', more = '']) => !/@id|@unique/.test(more) && !/^id$|Id$/.test(name))
    .map(([, name = '']) => name),
}))

/** Every yes or no, model by model. */
const switches = schemaModels.map(({ model, body }) => ({
  model,
  columns: [...body.matchAll(/^ {2}(\w+)\s+Boolean\b/gm)].map(([, name = '']) => name),
}))

/** One column of each table at a time: the first of each, then the second. */
const roundsOf = (all: typeof tables) =>
  Array.from({ length: Math.max(...all.map(({ columns }) => columns.length)) }, (_, at) =>
    all.flatMap(({ model, columns }) => (columns[at] ? [{ model, column: columns[at] }] : [])),
  ).map((columns) => [columns.map(({ model, column }) => `${model}.${column}`).join(', '), columns] as const)

let admin: Context
let paths: Record<string, string> = {}
const url = 'https://issuer.example/keys'

beforeAll(async () => {
  const person = await service.person('admin', 'Ada')
  admin = person.ctx
  const { id: identityId } = await createIdentity(admin, { name: 'robot', role: 'member', metadata: [] })
  const trust = await createTrust(admin, await jwtTrust(identityId))
  const keys = [{ kind: 'jwks-url' as const, url, caCert: '' }]
  await createTrust(admin, {
    ...{ kind: 'oidc', identityId, name: 'oidc', issuer: 'https://issuer.example' },
    keys: [{ kind: 'oidc-discovery', url: 'https://issuer.example', caCert: '' }],
  })
  const issuer = { issuer: 'https://partner.example', keys }
  await createTrust(admin, toIssuerDraft(issuer, { project: 'p' }))
  const provider = await createTrust(admin, {
    ...{ kind: 'sign-in', name: 'Gateway', issuer: 'https://issuer.example', keys },
    options: { jwtEndpoint: 'https://gateway.example/jwt' },
  })
  await linkSubject(admin, { userId: person.id, trustId: provider.id, subject: 'ada', userName: '' })
  await attachTokenAuth(admin, identityId, {})
  const token = await createToken(admin, identityId, 'ci')
  const at = admin.now()
  const sourceId = keySourceId({ kind: 'jwks-url', url, caCert: '' })
  await service.db.keySourceState.create({
    data: {
      ...{ id: sourceId, kind: 'jwks-url', url, lastAttemptAt: at, lastSuccessAt: at, latencyMs: 1, keys: '[]' },
      ...{ keysFetchedAt: at, freshUntil: at },
    },
  })
  const times = { firstSeenAt: at, lastSeenAt: at }
  await service.db.keySourceKey.create({ data: { id: 'key', sourceId, thumbprint: 't', ...times } })
  await service.db.keySourceEvent.create({ data: { id: 'event', sourceId, at, kind: 'reached', message: '' } })
  await service.db.keySourceDay.create({ data: { sourceId, day: '2026-06-01', fetches: 1, failures: 0 } })
  await service.db.decision.create({
    data: {
      ...{ id: admin.requestId, at, organizationId: service.organizationId, method: 'jwt', accepted: false },
      ...{ message: '', trace: '[]', header: '{}', claims: '{}' },
    },
  })
  const incidentId = randomUUID()
  await service.db.incident.create({
    data: {
      ...{
        id: incidentId,
        organizationId: service.organizationId,
        groupKey: 'key',
        method: 'jwt',
        reason: 'token_expired',
      },
      ...{ firstAt: at, at, count: 1, firstDecisionId: admin.requestId, lastDecisionId: admin.requestId },
      ...{ addresses: '{"listed":[],"isMore":false}', spark: '', identityId, trustId: trust.id, trustVersion: 1 },
    },
  })
  await service.db.incidentRefusal.create({
    data: { decisionId: admin.requestId, incidentId, organizationId: service.organizationId, at, counted: 1 },
  })
  await service.db.workloadRuns.create({
    data: { organizationId: service.organizationId, workloadHash: 'hash', at, runs: '{"runs":[],"most":null}' },
  })
  const { id: inboxId } = await openInbox(admin, trust)
  const receiver = { name: 'SIEM', url: 'https://siem.example', kinds: ['audit' as const], batchMax: 1, caCert: '' }
  const { id: streamId } = await createStream(admin, receiver)
  await service.db.streamDelivery.create({
    data: {
      ...{ streamId, number: 1, at, kind: 'events', messageId: 'm', events: 1, ok: true, message: '', latencyMs: 1 },
      answer: 'thank you',
    },
  })
  const asked = { kinds: ['identity' as const, 'trust' as const, 'person' as const, 'token' as const], onlyWide: false }
  const review = { name: 'Quarter', dueAt: '2026-06-20T00:00:00Z', reviewers: [person.id], scope: asked }
  const { id: reviewId } = await startReview(admin, review)
  const entry = await service.db.auditEntry.findFirstOrThrow({ where: { action: 'trust.created' } })
  paths = {
    ...{ identityId, trustId: trust.id, userId: person.id, tokenId: token.tokenData.id, entryId: entry.id, sourceId },
    ...{
      decisionId: admin.requestId,
      incidentId,
      inboxId,
      streamId,
      reviewId,
      orgId: service.organizationId,
      method: 'jwt',
      iss: 'https://partner.example',
    },
    ...{ id: provider.id, idpId: provider.id, version: '1' },
  }
})

/** Searches are reads too; what leaves for elsewhere, or answers from what is not stored, is none. */
const reads = apis.flatMap(({ name: api, operations }) =>
  Object.entries(operations)
    .filter(([, { method, path, auth }]) => auth === 'required' && (method === 'GET' || path.endsWith('search')))
    // It is about the identity that asks.
    .filter(([, { path }]) => path !== '/api/v1/identities/details')
    .map(([name, operation]) => ({ name: `${api}.${name}`, operation: operation as Operation })),
)

/** What reads every record once, and fails for any other reason than that something is not there. */
async function readAll(): Promise<string[]> {
  const problems: string[] = []
  for (const { name, operation } of reads) {
    try {
      const body = operation.body?.parse({})
      const given = { params: operation.params?.parse(paths), query: operation.query?.parse({}) ?? {}, body }
      const reply = await operation.run({ ...admin, recorded: [] }, { ...given, headers: new Headers() })
      if (reply.body instanceof Streamed) await readToEnd(reply.body.chunks)
      // The dashboard reads an answer by its schema.
      else if (name.startsWith('admin.')) operation.success.schema?.parse(JSON.parse(jsonText(reply.body)))
    } catch (error) {
      if (!(error instanceof AppError && error.kind === 'not-found')) problems.push(`${name}: ${error}`)
    }
  }
  return problems
}

async function readToEnd(chunks: AsyncIterator<unknown>) {
  while (!(await chunks.next()).done);
}

test('every read answers while nothing is broken', async () => {
  expect(tables).toContainEqual({
    model: 'Trust',
    columns: expect.arrayContaining(['keys', 'rules', 'grant', 'options']),
  })
  expect(reads.length).toBeGreaterThan(30)
  expect(await readAll()).toEqual([])
})

test.each(roundsOf(tables))('broken text keeps no list and no record from being read: %s', async (_, columns) => {
  const restore: (() => Promise<unknown>)[] = []
  for (const { model, column } of columns) {
    const rows = await service.db.$queryRawUnsafe<{ at: number; was: string | null }[]>(
      `SELECT rowid AS at, "${column}" AS was FROM "${model}"`,
    )
    const set = `SET "${column}" = ? WHERE rowid = ?`
    restore.push(
      ...rows.map(
        ({ at, was }) =>
          () =>
            service.db.$executeRawUnsafe(`UPDATE "${model}" ${set}`, was, at),
      ),
    )
    // Of two rows that must differ in this column, one is enough.
    await service.db.$executeRawUnsafe(`UPDATE OR IGNORE "${model}" SET "${column}" = '{"broken'`)
  }
  // A role that cannot be read allows nothing, so what asks for it again while it answers is refused.
  const isRoleBroken = columns.some(({ model, column }) => model === 'Membership' && column === 'role')
  const problems = (await readAll()).filter((problem) => !isRoleBroken || !problem.endsWith('yours is no-access.'))
  for (const act of restore) await act()
  expect(problems).toEqual([])
})

test.each(roundsOf(switches))(
  'what is neither yes nor no is read as what allows least, and keeps nothing from being read: %s',
  async (_, columns) => {
    const before = await Promise.all(
      columns.map(({ model, column }) =>
        service.db.$queryRawUnsafe<{ at: number; was: boolean }[]>(
          `SELECT rowid AS at, "${column}" AS was FROM "${model}"`,
        ),
      ),
    )
    for (const written of ["'required'", "''", '7', '-1', '0.5', "x'01'"]) {
      for (const [at, { model, column }] of columns.entries()) {
        const least = unreadableValues[column]
        expect(least, `lib/db/sqlite/unreadable.ts has no line for ${column}`).toBeDefined()
        await service.db.$executeRawUnsafe(`UPDATE "${model}" SET "${column}" = ${written}`)
        const read = await service.db.$queryRawUnsafe<Record<string, boolean>[]>(`SELECT "${column}" FROM "${model}"`)
        expect(new Set(read.map((row) => row[column])), column).toEqual(new Set(before[at]?.map(() => least === 1n)))
      }
      expect(await readAll(), written).toEqual([])
    }
    for (const [index, { model, column }] of columns.entries()) {
      const set = `UPDATE "${model}" SET "${column}" = ? WHERE rowid = ?`
      for (const { at, was } of before[index] ?? []) await service.db.$executeRawUnsafe(set, was, at)
    }
  },
)

test('a broken protection protects: a second factor is required, and an identity is not deleted', async () => {
  const { id } = await createIdentity(admin, { name: 'kept', role: 'member', metadata: [] })
  await service.db.$executeRawUnsafe(`UPDATE "Identity" SET "hasDeleteProtection" = 'perhaps' WHERE id = ?`, id)
  await expect(removeIdentity(admin, id)).rejects.toMatchObject({ kind: 'rule' })
  await service.db.$executeRawUnsafe(`UPDATE "Organization" SET "requiresSecondFactor" = 'yes'`)
  expect(await getOrganizationSettings(admin)).toMatchObject({ requiresSecondFactor: true })
  await service.db.$executeRawUnsafe(`UPDATE "Organization" SET "requiresSecondFactor" = 0`)
})
