import { randomUUID } from 'node:crypto'
import type { Bench } from '../bench'
import { type Ours, onServer, startOurs } from '../keybound'
import type { Case } from '../measure'
import { enrol, startKeyServer } from '../trusts'

/** Refused logins, each of a caller with an address of its own: further ones of one address would only be counted, then limited. */
export async function refused(bench: Bench): Promise<void> {
  const keyServer = await startKeyServer(bench.pool)
  try {
    for (const database of ['sqlite', 'postgresql'] as const) {
      await onServer(startOurs({ database, databasePid: bench.postgresqlPid }), async (ours) => {
        const { path, before } = await enrol(ours, 'static', 1, { pool: bench.pool, keyServer })
        const cases = {
          'a signature that is wrong': { before, after: 'AAAA"}', expected: 401 },
          'an identity that does not exist': {
            ...{ before: [`{"identityId":"${randomUUID()}","jwt":"`], after: '"}', expected: 404 },
          },
        }
        for (const [name, { before, after, expected }] of Object.entries(cases)) {
          for (const connections of bench.isQuick ? [50] : [1, 50]) {
            await bench.measure({
              ...{ group: 'refused', name, subject: ours, connections },
              load: {
                ...{ method: 'POST', path, headers: { 'content-type': 'application/json' }, expected },
                ...{ body: { before, pool: 'workflows', after }, hasDistinctCallers: true },
                sequence: ours.name,
              },
              audit: refusedDecisions(ours),
            })
          }
        }
      })
    }
  } finally {
    await keyServer.server.stop()
  }
}

/** Every refused login has a decision, or is counted into one. */
function refusedDecisions({ db }: Ours): Case['audit'] {
  const counted = async () => {
    const { _count, _sum } = await db.decision.aggregate({
      ...{ where: { accepted: false }, _count: true, _sum: { repeats: true } },
    })
    return _count + (_sum.repeats ?? 0)
  }
  return async () => {
    const before = await counted()
    return async (succeeded) => {
      const more = (await counted()) - before
      return more === succeeded ? null : `${succeeded} logins were refused, ${more} decisions stored or counted`
    }
  }
}
