import type { Db } from '@/lib/db/client'
import { record } from '@/lib/services/audit/record'
import type { Actor } from '@/lib/services/context'
import { addMember, changeMemberRole } from '@/lib/services/people/members'
import { setUp } from '@/lib/services/people/set-up'
import type { Role } from '@/lib/trust/role'
import { type Collector, type ContextAt, contexts } from './context'
import type { Random } from './random'

const organizationName = 'Larkfield'

/** People who can sign in to the demo. The passwords are no secret: they are printed. */
export const people = {
  admin: { name: 'Mara Lindqvist', email: 'mara@larkfield.example', password: 'demo-admin-password' },
  member: { name: 'Tomas Rey', email: 'tomas@larkfield.example', password: 'demo-member-password' },
  auditor: { name: 'Ines Okafor', email: 'ines@larkfield.example', password: 'demo-auditor-password' },
} as const

export type People = { organizationId: string; at: ContextAt; actors: Record<keyof typeof people, Actor> }

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Makes the organization, on an empty database, and its three people. */
export async function hirePeople(db: Db, daysAgo: (days: number) => Date): Promise<People> {
  const from = { ip: '203.0.113.7', userAgent: browser }
  const { admin, member, auditor } = people
  const { organization, actor } = await setUp(contexts(db, null)({ at: daysAgo(91), ...from }), {
    ...admin,
    organization: organizationName,
  })
  const at = contexts(db, organization.id)
  const added = await addMember(at({ at: daysAgo(90.9), actor, ...from }), { ...member, role: 'member' })
  const invited = await addMember(at({ at: daysAgo(83.4), actor, ...from }), { ...auditor, role: 'member' })
  await changeMemberRole(at({ at: daysAgo(83.3), actor, ...from }), invited.id, 'auditor')
  const asActor = ({ id, name }: { id: string; name: string }, role: Role): Actor => ({
    kind: 'user',
    id,
    name,
    role,
    sessionId: '',
  })
  return {
    organizationId: organization.id,
    at,
    actors: { admin: actor, member: asActor(added, 'member'), auditor: asActor(invited, 'auditor') },
  }
}

/** Three months of people signing in and out, now and then with a wrong password. */
export async function signIns({ tx }: Collector, { organizationId, at, actors }: People, days: Date[], random: Random) {
  for (const day of days) {
    for (const who of ['admin', 'member', 'auditor'] as const) {
      const actor = actors[who]
      if (actor.kind !== 'user' || !random.chance(who === 'auditor' ? 0.25 : 0.6)) continue
      const moment = (minutes: number) => ({
        at: new Date(day.getTime() + minutes * 60_000),
        ip: random.pick(['203.0.113.7', '203.0.113.8', '192.0.2.55']),
        userAgent: browser,
      })
      const start = random.between(7 * 60, 16 * 60)
      const target = { kind: 'user', id: actor.id, name: actor.name }
      const entry = { organizationId, target, after: { email: people[who].email } }
      if (random.chance(0.08)) await record(tx, at(moment(start - 1)), { action: 'session.refused', ...entry })
      await record(tx, at(moment(start)), { action: 'session.started', ...entry })
      if (!random.chance(0.5)) continue
      const end = { ...moment(start + random.between(10, 300)), actor }
      await record(tx, at(end), { action: 'session.ended', target })
    }
  }
}
