import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '@/lib/trust/engine/verify'
import { TrustDraft } from '@/lib/trust/trust'
import { ciMachines } from './ci-machines'
import { toDraft } from './history'
import { makeKey, mint } from './issuer'
import type { Claims, Machine, Mishap } from './machine'
import { otherMachines } from './other-machines'
import { seededRandom } from './random'
import { workloadMachines } from './workload-machines'

const now = 1_800_000_000
const random = seededRandom(5)
let machines: Machine[] = []

beforeAll(async () => {
  const [others, ci, workloads] = await Promise.all([otherMachines(), ciMachines(), workloadMachines()])
  machines = [...Object.values(others), ...ci, ...workloads]
})

async function judge(machine: Machine, mishap?: Mishap) {
  const trust = TrustDraft.parse(toDraft({ id: crypto.randomUUID(), name: machine.identity.name }, machine.attachment))
  const times = machine.lifeSeconds === null ? {} : { iat: now - 2, exp: now - 2 + machine.lifeSeconds }
  const claims: Claims = { iss: machine.issuer.url, ...times, ...machine.claims(random), ...mishap?.claims?.(now) }
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
    for (const machine of machines) {
      const { decisive } = await judge(machine)
      expect([machine.identity.name, decisive]).toEqual([machine.identity.name, null])
    }
  })

  test('a mishap is refused, by the trust as it was first attached', async () => {
    for (const machine of machines.filter(({ changes }) => !changes)) {
      for (const mishap of machine.mishaps) {
        expect([machine.identity.name, (await judge(machine, mishap)).accepted]).toEqual([machine.identity.name, false])
      }
    }
  })
})
