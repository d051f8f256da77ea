import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { changeByHand, hostileChanges, someOf } from '@/e2e/fixtures/hostile-columns'
import { at, decide, decision, minutesLater, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { csvLine } from '@/lib/model/csv'
import { tailEvents } from '../stream/tail-events'
import { announceIncidents } from './announce-incidents'
import { getIncident } from './get-incident'
import { keepIncidents } from './keep-incidents'
import { listIncidentRefusals } from './list-incident-refusals'
import { listIncidents } from './list-incidents'

const databases = bothDatabases()
const service = useService()

/** What people with access to the database can do to what is computed from refusals: pages answer, and grouping goes on for all others. */
describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const refuse = async (log: string, reason = 'signature_invalid') => {
    const row = { ...decision(log, false, 2), reason }
    await decide(db(), row)
    return row.id
  }
  const keep = async (minutes: number) => {
    let batches = 0
    const pacing = { mayGoOn: async () => ++batches < 2_000, pause: async () => {} }
    await keepIncidents({ db: db(), now: () => minutesLater(minutes) }, pacing)
    for (let round = 0; round < 50 && !(await announceIncidents(db(), at)).isDone; round++);
    expect(batches).toBeLessThan(2_000)
  }
  const context = (log: string) => ({
    ...service.context({ kind: 'user', id: log, name: 'Ada', role: 'admin', sessionId: log }),
    ...{ db: db(), organizationId: log },
  })
  const orMissing = (read: Promise<unknown>) => read.catch((error) => void expect(error.kind).toBe('not-found'))

  test.each(['Incident', 'IncidentRefusal', 'IncidentCursor'] as const)(
    'pages answer and later refusals are counted, whatever a column of an %s was set to by hand',
    async (table) => {
      const wanted = someOf(await hostileChanges(db(), name, table)).map((change) => ({ change, log: '' }))
      for (const one of wanted) {
        one.log = await newOrganization(db())
        await refuse(one.log)
      }
      await sealAll(db())
      await keep(1)
      const changed: typeof wanted = []
      for (const one of wanted)
        if (await changeByHand(db(), name, table, `"organizationId" = '${one.log}'`, one.change)) changed.push(one)
      expect(changed.length).toBeGreaterThan(1)

      const other = await newOrganization(db())
      for (const { log } of [...changed, { log: other }]) await refuse(log, 'token_expired')
      await sealAll(db())
      await keep(6)
      const wrong: string[] = []
      for (const { log, change } of [...changed, { log: other, change: null }]) {
        const ctx = context(log)
        const { incidents } = await listIncidents(ctx, {})
        for (const incident of incidents) {
          csvLine(Object.values(incident))
          JSON.stringify(await orMissing(getIncident(ctx, incident.id)))
          JSON.stringify(await orMissing(listIncidentRefusals(ctx, incident.id, {})))
        }
        for await (const line of tailEvents(ctx, { after: 0 })) JSON.stringify(line)
        const later = incidents.find(({ reason }) => reason === 'token_expired')
        if (!later) wrong.push(`${change?.column} = ${change?.value}: the later refusal is in no incident`)
        const announced = await db().incident.count({
          where: { organizationId: log, reason: 'token_expired', announceAt: null },
        })
        if (announced === 0) wrong.push(`${change?.column} = ${change?.value}: the later incident is not announced`)
      }
      expect(wrong).toEqual([])
    },
  )
})
