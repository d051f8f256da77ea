import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '@/lib/trust/engine/verify'
import { TrustDraft } from '@/lib/trust/trust'
import { ciMachines, githubIssuer } from './ci-machines'
import { toDraft } from './history'
import { makeKey, mint } from './issuer'
import type { Claims, Machine, Mishap } from './machine'
import { otherMachines } from './other-machines'
import { seededRandom } from './random'
import { subjectMachines } from './subject-machines'
import { workloadMachines } from './workload-machines'

const now = 1_800_000_000
const random = seededRandom(5)
let machines: Machine[] = []

beforeAll(async () => {
  const github = await githubIssuer()
  const [others, ci, workloads] = await Promise.all([otherMachines(), ciMachines(github), workloadMachines()])
  machines = [...Object.values(others), ...ci, ...subjectMachines(github), ...workloads]
})

async function judge(machine: Machine, mishap?: Mishap, daysAgo = 90) {
  const trust = TrustDraft.parse(toDraft({ id: crypto.randomUUID(), name: machine.identity.name }, machine.attachment))
  const times = machine.lifeSeconds === null ? {} : { iat: now - 2, exp: now - 2 + machine.lifeSeconds }
  const claims: Claims = {
    iss: machine.issuer.url,
    ...times,
    ...machine.claims(random, daysAgo),
    ...mishap?.claims?.(now),
  }
  const key = mishap?.stranger ? await makeKey('ES256') : (machine.signsWith?.(90) ?? machine.issuer.keys[0])
  const token = await mint({ key, claims })
  return verify({ token, trust, keys: async () => machine.issuer.keySet, now })
}

describe('the demo shows what it means to show', () => {
  test('there are machines of both methods, with fetched and with typed-in keys', () => {
    expect(machines.length).toBeGreaterThanOrEqual(14)
    const kinds = machines.map(
      ({ identity: { name }, attachment }) => toDraft({ id: '', name }, attachment).keys[0]?.kind,
    )
    expect(kinds).toEqual(expect.arrayContaining(['static-pem', 'jwks-url', 'oidc-discovery']))
  })

  test('the usual token of every machine is accepted', async () => {
    for (const machine of machines.filter(({ isDead }) => !isDead)) {
      const { decisive } = await judge(machine)
      expect([machine.identity.name, decisive]).toEqual([machine.identity.name, null])
    }
  })

  test('a dead trust accepts no token of its machine', async () => {
    const dead = machines.filter(({ isDead }) => isDead)
    expect(dead.length).toBeGreaterThan(0)
    for (const machine of dead) expect((await judge(machine)).accepted).toBe(false)
  })

  test('subjects of GitHub are on every stage of the way to ids', async () => {
    const stages = await Promise.all(
      subjectMachines(await githubIssuer()).map(async (machine) => {
        const [then, today] = [await judge(machine, undefined, 80), await judge(machine, undefined, 1)]
        return [machine.identity.name, then.accepted, today.accepted]
      }),
    )
    expect(stages).toEqual([
      ['warehouse-deployer', true, true],
      ['docs-search-deploy', true, false],
      ['search-indexer', true, true],
      ['edge-config-sync', true, true],
      ['ci-release-canary', true, true],
      ['ci-nightly-tests', false, false],
    ])
  })

  test('a mishap is refused, by the trust as it was first attached', async () => {
    for (const machine of machines.filter(({ changes }) => !changes)) {
      for (const mishap of machine.mishaps) {
        expect([machine.identity.name, (await judge(machine, mishap)).accepted]).toEqual([machine.identity.name, false])
      }
    }
  })
})
