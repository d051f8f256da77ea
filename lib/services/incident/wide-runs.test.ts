import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { wideRun } from '@/lib/model/custody'
import { earlierMin, runsMax } from '@/lib/model/workload-runs'
import { presetOf } from '@/lib/trust/presets'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { areAllAdopted } from '../evidence/adoption'
import { groupRefusals } from './group-refusals'
import { workloadsMax, workloadsOfBatchMax } from './wide-runs'

const databases = bothDatabases()
const start = new Date('2026-06-01T12:00:00.000Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const [own, other, third] = [randomUUID(), randomUUID(), randomUUID()]

const claimsOf = (id: string, over: object) => {
  const preset = presetOf(id)
  if (!preset) throw new Error(`There is no preset ${id}.`)
  // Without an end, so that none of them is used late.
  return JSON.stringify({ ...sampleClaims(preset, { now: start.getTime() / 1000 }), exp: undefined, ...over })
}

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  const identityId = randomUUID()
  let tokens = 0

  beforeEach(async () => {
    db = databases.client(name)
    for (const table of [db.incident, db.incidentRefusal, db.incidentCursor, db.unsealedRecord, db.decision])
      await (table as Db['decision']).deleteMany()
    await db.workloadRuns.deleteMany()
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })

  type Row = ReturnType<typeof decision>
  /** A login by a run of a workflow at GitHub; every token is another. */
  const login = (run: string, trustId: string | null, minutes: number, over: object = {}): Row =>
    ({
      ...{ ...decision(log), at: later(minutes), identityId, identityName: 'deployer', trustId },
      ...{ tokenSha256: String(tokens++).padStart(64, 'b'), claims: claimsOf('github', { run_id: run }), ...over },
    }) as unknown as Row

  /** Runs that ended, an hour apart, at one trust each. */
  const ended = (count: number, over: (run: string) => object = () => ({})) =>
    Array.from({ length: count }, (_, n) => login(String(n + 1), own, -60 * (count - n), over(String(n + 1))))

  async function group(...rows: Row[]) {
    for (const row of rows) await decide(db, row)
    await sealAll(db, later(365 * 24 * 60))
    let batches = 1
    while (!(await groupRefusals(db, log, start)).isDone) if (++batches > 200) throw new Error('no end')
    const incidents = await db.incident.findMany({ where: { organizationId: log }, orderBy: { firstAt: 'asc' } })
    return { incidents, batches }
  }
  const found = async (...rows: Row[]) => (await group(...rows)).incidents

  test('a run that opens a trust more than the runs of its workload before is an incident that says which run, and how many', async () => {
    const first = login('99', own, 0)
    const beyond = login('99', other, 1, { identityName: 'payments' })
    const [incident, ...others] = await found(...ended(earlierMin), first, beyond)
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      ...{ reason: wideRun, checkId: null, count: 1, state: 'open', trustId: other, identityName: 'payments' },
      ...{ firstAt: later(1), firstDecisionId: beyond.id, lastDecisionId: beyond.id },
    })
    expect(incident?.about).toBe(
      'Run 99 (run_id) opened 2 trusts; runs before it opened one. Workload: repository acme/payments, repository_id 966304329, workflow Deploy.',
    )
    const members = await db.incidentRefusal.findMany({ where: { incidentId: incident?.id } })
    expect(members.map(({ decisionId }) => decisionId)).toEqual([beyond.id])
  })

  test('also in later batches, and by other identities: all of a workload are one incident', async () => {
    expect(await found(...ended(earlierMin), login('99', own, 0))).toEqual([])
    expect(await found(login('99', other, 1))).toMatchObject([{ count: 1 }])
    const of = { identityId: randomUUID(), identityName: 'other' }
    expect(await found(login('99', third, 2, of))).toMatchObject([{ count: 2, identityName: 'deployer' }])
    expect(await db.workloadRuns.count({ where: { organizationId: log } })).toBe(1)
  })

  test('once a run has opened as many, it is usual', async () => {
    await found(...ended(earlierMin), login('99', own, 0), login('99', other, 1))
    expect(await found(login('100', own, 60), login('100', other, 61))).toMatchObject([{ count: 1 }])
  })

  describe('is no incident:', () => {
    test.each([
      ['a new workload', () => [login('99', own, 0), login('99', other, 1), login('99', third, 2)]],
      ['too few runs before', () => [...ended(earlierMin - 1), login('99', own, 0), login('99', other, 1)]],
      [
        'runs that were only tried, or refused',
        () => [
          ...ended(earlierMin, () => ({ method: 'test' })),
          ...ended(earlierMin, () => ({ accepted: false, reason: 'token_expired' })),
          ...[login('99', own, 0), login('99', other, 1)],
        ],
      ],
      ['another trust than before, but no more of them', () => [...ended(earlierMin), login('99', other, 0)]],
      [
        'the same trust again and again, by jobs of several machines',
        () => [
          ...ended(earlierMin),
          ...['192.0.2.1', '198.51.100.7', '203.0.113.9'].map((ip, n) => login('99', own, n, { ip })),
        ],
      ],
      [
        'another trust, of another run at the same time',
        () => [...ended(earlierMin), login('99', own, 0), login('100', other, 1)],
      ],
      [
        'runs of other workloads: a workflow, repository or issuer beside it',
        () => {
          const of = (over: object) => (run: string) => ({ claims: claimsOf('github', { run_id: run, ...over }) })
          return [
            ...ended(earlierMin, of({ workflow: 'other' })),
            ...ended(earlierMin, of({ repository_id: '2' })),
            ...ended(earlierMin, of({ iss: 'https://token.actions.githubusercontent.com/acme' })),
            ...[login('99', own, 0), login('99', other, 1)],
          ]
        },
      ],
      [
        'tokens that say no run, are of no known issuer, or cannot be read',
        () =>
          [{ claims: claimsOf('github', { iss: 'https://x.example' }) }, { claims: null }, { claims: '{"run_id":' }]
            .concat([{ claims: '[]' }, { claims: claimsOf('kubernetes', {}) }])
            .flatMap((over) => [
              ...ended(earlierMin, () => over),
              login('99', own, 0, over),
              login('99', other, 1, over),
            ]),
      ],
      ['sign-ins and logins without a trust', () => [...ended(earlierMin), login('99', own, 0), login('99', null, 1)]],
    ])('%s', async (_, rows) => {
      const incidents = await found(...rows())
      expect(incidents.filter(({ reason }) => reason === wideRun)).toEqual([])
    })

    test('a run in another organization', async () => {
      const organizationId = await newOrganization(db)
      const elsewhere = login('99', other, 1, { organizationId })
      expect(await found(...ended(earlierMin), login('99', own, 0), elsewhere)).toEqual([])
    })
  })

  test('builds of Buildkite, which are counted by each pipeline, and runs of HCP Terraform are told', async () => {
    const builds = (pipeline: string) =>
      [...Array(earlierMin + 1).keys()].map((n) =>
        login('', own, n, {
          claims: claimsOf('buildkite', { build_number: n, pipeline_slug: pipeline, pipeline_id: undefined }),
        }),
      )
    const last = {
      claims: claimsOf('buildkite', { build_number: earlierMin, pipeline_slug: 'a', pipeline_id: undefined }),
    }
    const run = (n: number, trustId: string) =>
      login('', trustId, 20 + n, { claims: claimsOf('hcp-terraform', { terraform_run_id: `run-${n}` }) })
    const incidents = await found(
      ...[...builds('a'), ...builds('b'), login('', other, 19, last)],
      ...[...Array(earlierMin + 1).keys()].map((n) => run(n, own)),
      run(earlierMin, other),
    )
    expect(incidents.map(({ about }) => about?.split(' opened ')[0])).toEqual([
      `Run ${earlierMin} (build_number)`,
      `Run run-${earlierMin} (terraform_run_id)`,
    ])
  })

  test('a claim that no database can store is told without what cannot be stored', async () => {
    const of = (run: string) => ({ claims: claimsOf('github', { run_id: run, workflow: 'a\u0000b' }) })
    const rows = [...ended(earlierMin, of), login('99', own, 0, of('99')), login('99', other, 1, of('99'))]
    expect((await found(...rows))[0]?.about).toContain(', workflow ab.')
  })

  test('a row that was made unreadable by hand begins anew, and stops nothing', async () => {
    await found(...ended(earlierMin))
    await db.workloadRuns.updateMany({ data: { runs: '{"runs":' } })
    expect(await found(login('99', own, 0), login('99', other, 1))).toEqual([])
    const row = await db.workloadRuns.findFirst({ where: { organizationId: log } })
    expect(JSON.parse(row?.runs ?? '').runs).toHaveLength(1)
  })

  test('more workloads than one transaction writes are all written, and each use is counted once', async () => {
    const count = workloadsOfBatchMax + 30
    const of = (n: number) => ({ claims: claimsOf('github', { repository_id: String(n), run_id: '1' }) })
    const { batches } = await group(...Array.from({ length: count }, (_, n) => login('1', own, n, of(n))))
    expect(batches).toBe(2)
    expect(await db.workloadRuns.count({ where: { organizationId: log } })).toBe(count)
  })

  test('two servers that read the same logins at once note and count each once', async () => {
    for (const row of [...ended(earlierMin), login('99', own, 0), login('99', other, 1)]) await decide(db, row)
    await sealAll(db, later(365 * 24 * 60))
    for (let isDone = false; !isDone; ) {
      const both = await Promise.all([groupRefusals(db, log, start), groupRefusals(db, log, start)])
      isDone = both.every((one) => one.isDone)
    }
    expect(await db.incident.findMany({ where: { organizationId: log } })).toMatchObject([{ count: 1 }])
    const [row, ...rows] = await db.workloadRuns.findMany({ where: { organizationId: log } })
    expect(rows).toEqual([])
    expect(JSON.parse(row?.runs ?? '').runs).toHaveLength(earlierMin + 1)
  })

  test('rows are as few as workloads, and bounded: each remembers its last runs, and further workloads none', async () => {
    await group(...ended(runsMax + 10))
    const [row, ...rows] = await db.workloadRuns.findMany({ where: { organizationId: log } })
    expect(rows).toEqual([])
    expect(JSON.parse(row?.runs ?? '').runs).toHaveLength(runsMax)
    const fill = Array.from({ length: workloadsMax - 1 }, (_, n) => ({
      ...{ organizationId: log, workloadHash: String(n), at: start, runs: '' },
    }))
    for (let from = 0; from < fill.length; from += 5_000)
      await db.workloadRuns.createMany({ data: fill.slice(from, from + 5_000) })
    await group(login('1', own, 0, { claims: claimsOf('github', { run_id: '1', workflow: 'further' }) }))
    expect(await db.workloadRuns.count({ where: { organizationId: log } })).toBe(workloadsMax)
  })
})
