import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Db } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { EnvError, env } from '@/lib/env'
import { fillKeySources } from '@/lib/services/key-source/sweep-trusts'
import { setUp } from '@/lib/services/people/set-up'
import { contexts } from '../demo/context'
import type { People } from '../demo/people'
import { seededRandom } from '../demo/random'
import { type BulkWriter, bulkWriter, type Columns } from './bulk-writer'
import { countsByDay, momentOf } from './moments'
import { readSeedOptions, type SeedOptions, WrongSeedOptions } from './options'
import { withOwnSources } from './own-sources'
import { makePrototypes } from './prototypes'
import {
  activeShare,
  busyIdentity,
  dayCounter,
  identityRows,
  isListed,
  loginRows,
  type Made,
  madeFrom,
  refusalNotes,
} from './rows'
import { actingPeople, writeActs } from './write-acts'

/** Rows of one statement or transaction. */
const batchRows = 5_000
/** How long an access token stays listed after its end, unless set otherwise. */
const tokensKeptDays = 30
const dayMs = 24 * 3600 * 1000
const adminEmail = 'admin@example.com'

class SeedRefused extends Error {}

/** Fills a database, that of DATABASE_URL unless another is given. Returns the exit code. */
export async function seed(args: string[], databaseUrl?: string): Promise<number> {
  try {
    await fill(readSeedOptions(args), databaseUrl ?? env().DATABASE_URL)
    return 0
  } catch (error) {
    const isExpected = [WrongSeedOptions, SeedRefused, EnvError].some((kind) => error instanceof kind)
    console.error(isExpected && error instanceof Error ? error.message : error)
    return 1
  }
}

async function fill(options: SeedOptions, url: string) {
  await migrate(url)
  const db = connect(url)
  try {
    const people = await organizationOf(db, options)
    const startedMs = performance.now()
    // What no server has started on has the place from which trusts are swept for key sources not set yet.
    await fillKeySources({ db, holder: randomUUID() })
    const prototypes = withOwnSources(await makePrototypes(db, people, options.audit > 0), options.identities)
    const staff = options.audit > 0 ? await actingPeople(db, people) : []
    const writer = await bulkWriter(url)
    try {
      const all = Array.from({ length: options.identities }, (_, at) => madeFrom(prototypes, at))
      const named = prototypes.flatMap(({ ownSources }) => ownSources)
      await writer.insert('NamedKeySource', named, 'ON CONFLICT DO NOTHING')
      await writeIdentities(writer, all, options.days)
      const count = await writeLogins(writer, all, people.organizationId, options)
      await writeActs(writer, { ...people, all, staff, count: options.audit, days: options.days, progress })
      const seconds = Math.round((performance.now() - startedMs) / 1000)
      console.log(
        `Written in ${seconds} s: ${options.identities} identities with a trust each, ${options.decisions} decisions`,
      )
      console.log(`of ${options.days} days (${count.refused} refused), ${count.accessTokens} access tokens,`)
      console.log(`and ${options.audit} audit entries of ${staff.length} people beside those of what was made.`)
    } finally {
      await writer.close()
    }
  } finally {
    await db.$disconnect()
  }
}

/** The organization that is filled, and an admin of it to act as. @throws SeedRefused */
async function organizationOf(db: Db, { intoExisting, password }: SeedOptions): Promise<People> {
  const isEmpty = (await db.user.count()) + (await db.identity.count()) === 0
  if (!isEmpty && !intoExisting) {
    throw new SeedRefused('This database has people or identities in it; give --into-existing to add to them.')
  }
  if (isEmpty) {
    const chosen = password ?? randomBytes(12).toString('base64url')
    const { organization, actor } = await setUp(contexts(db, null)({ at: new Date() }), {
      ...{ name: 'Admin', email: adminEmail, password: chosen, organization: 'Seeded' },
    })
    console.log(`Made an organization and its admin: ${adminEmail}, password ${password ? 'as given' : chosen}`)
    return { organizationId: organization.id, at: contexts(db, organization.id), actors: everyActor(actor) }
  }
  const membership = await db.membership.findFirst({ where: { role: 'admin' }, include: { user: true } })
  if (!membership) throw new SeedRefused('No organization of this database has an admin to act as.')
  const { user, organizationId } = membership
  const actor = { ...({ kind: 'user', role: 'admin' } as const), id: user.id, name: user.name, sessionId: '' }
  return { organizationId, at: contexts(db, organizationId), actors: everyActor(actor) }
}

const everyActor = (actor: People['actors']['admin']): People['actors'] => ({
  ...{ admin: actor, member: actor, auditor: actor },
})

async function writeIdentities(writer: BulkWriter, all: readonly Made[], days: number) {
  const now = Date.now()
  for (let from = 0; from < all.length; from += batchRows) {
    const rows = all.slice(from, from + batchRows).map((made, at) => {
      const share = (from + at) / all.length
      // Made one after the other in the month before the first login. The busiest come first, and the last have not logged in yet.
      const createdAt = new Date(now - (days + 31 - 30 * share) * dayMs)
      const lastLoginAt = share < activeShare ? new Date(now - share * days * dayMs) : null
      return identityRows(made, createdAt, lastLoginAt)
    })
    await writer.insert(
      'Identity',
      rows.map(({ identity }) => identity),
    )
    await writer.insert(
      'Trust',
      rows.map(({ trust }) => trust),
    )
    await writer.insert(
      'TrustKeySource',
      rows.flatMap(({ keySources }) => keySources),
    )
    await writer.insert(
      'AuditEntry',
      rows.flatMap(({ audit }) => audit),
    )
    progress('identities', Math.min(from + batchRows, all.length), all.length)
  }
}

async function writeLogins(writer: BulkWriter, all: readonly Made[], organizationId: string, options: SeedOptions) {
  const random = seededRandom(20_261_129)
  const now = new Date()
  const days = dayCounter(organizationId)
  const written = { refused: 0, accessTokens: 0, decisions: 0 }
  let batch: { decisions: Columns[]; accessTokens: Columns[] } = { decisions: [], accessTokens: [] }
  const flush = async () => {
    await writer.insert('AccessToken', batch.accessTokens)
    await writer.insert('Decision', batch.decisions)
    await writer.insert('UnsealedRecord', refusalNotes(batch.decisions))
    written.accessTokens += batch.accessTokens.length
    written.decisions += batch.decisions.length
    batch = { decisions: [], accessTokens: [] }
    progress('decisions', written.decisions, options.decisions)
  }
  for (const { day, count } of countsByDay(options.decisions, options.days, now)) {
    for (let at = 0; at < count; at++) {
      const made = all[busyIdentity(all.length, random)]
      if (!made) continue
      const { decision, accessToken } = loginRows(made, momentOf(day, at, count), random)
      batch.decisions.push(decision)
      if (accessToken && isListed(accessToken, now, tokensKeptDays)) batch.accessTokens.push(accessToken)
      if (decision.accepted !== true) written.refused++
      days.add(decision)
      if (batch.decisions.length >= batchRows) await flush()
    }
  }
  await flush()
  const conflict = '("organizationId", "day", "method", "accepted", "reason")'
  await writer.insert(
    'DecisionDay',
    days.rows(),
    `ON CONFLICT ${conflict} DO UPDATE SET "count" = "DecisionDay"."count" + excluded."count"`,
  )
  return written
}

/** One line, written over, on a terminal. */
function progress(what: string, done: number, of: number) {
  if (process.stdout.isTTY) process.stdout.write(`\r${what}: ${done} of ${of}${done >= of ? '\n' : ''}`)
}
