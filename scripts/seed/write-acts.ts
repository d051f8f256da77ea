import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { addMember } from '@/lib/services/people/members'
import type { Role } from '@/lib/trust/role'
import type { People } from '../demo/people'
import { seededRandom } from '../demo/random'
import { actRow, type Person, sessionRow, type Versions } from './acts'
import type { BulkWriter, Columns } from './bulk-writer'
import { countsByDay, momentOf } from './moments'
import { busyIdentity, type Made } from './rows'

/** Rows of one statement or transaction. */
const batchRows = 5_000
/** Of the entries, those of people signing in and out. */
const sessionShare = 0.4

const colleagues: [name: string, role: Role][] = [
  ['Mara Lindqvist', 'admin'],
  ['Tomas Rey', 'member'],
  ['Ines Okafor', 'auditor'],
  ['Jun Watanabe', 'member'],
  ['Priya Nair', 'member'],
  ['Luca Moretti', 'admin'],
]

/** The people of an organization, to whom colleagues are added where there is one person only. */
export async function actingPeople(db: Db, people: People): Promise<Person[]> {
  const { organizationId, at, actors } = people
  const where = { organizationId }
  if ((await db.membership.count({ where })) < 2) {
    for (const [name, role] of colleagues) {
      const email = `${name.toLowerCase().replace(' ', '.')}.${newId().slice(0, 8)}@example.com`
      const input = { name, email, role, password: `${newId()}${newId()}` }
      await addMember(at({ at: new Date(), actor: actors.admin }), input)
    }
  }
  const members = await db.membership.findMany({ where, include: { user: true }, take: 50 })
  return members.map(({ user: { id, name, email } }) => ({ id, name, email }))
}

type Acts = People & {
  all: readonly Made[]
  staff: readonly Person[]
  count: number
  days: number
  progress: (what: string, done: number, of: number) => void
}

/** Writes audit entries of acts of people on these identities, and of their signing in, oldest first. */
export async function writeActs(writer: BulkWriter, { all, staff, count, days, progress, ...people }: Acts) {
  const [first, ...others] = staff
  if (!first) return
  const random = seededRandom(20_261_130)
  const versions: Versions = new Map()
  let [batch, written]: [Columns[], number] = [[], 0]
  const flush = async () => {
    await writer.insert('AuditEntry', batch)
    written += batch.length
    batch = []
    progress('audit entries', written, count)
  }
  for (const { day, count: ofDay } of countsByDay(count, days, new Date())) {
    for (let nth = 0; nth < ofDay; nth++) {
      const [at, by] = [momentOf(day, nth, ofDay), random.pick([first, ...others])]
      const made = all[busyIdentity(all.length, random)]
      const template = made?.prototype.acts[random.between(0, made.prototype.acts.length - 1)]
      const isSession = random.chance(sessionShare) || !made || !template
      batch.push(
        isSession ? await sessionRow(people, by, at, random) : actRow(template, made, by, at, random, versions),
      )
      if (batch.length >= batchRows) await flush()
    }
  }
  await flush()
}
