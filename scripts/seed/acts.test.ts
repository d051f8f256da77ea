import type { generateKeyPair } from 'jose'
import { beforeEach, expect, test, vi } from 'vitest'
import { bothDatabases, databaseNames } from '../../e2e/fixtures/both-databases'
import { seed } from './seed'

/** The keys of the machines, those of an algorithm in their order: the second database is filled with those of the first. */
const keys = vi.hoisted(() => ({
  made: new Map<string, ReturnType<typeof generateKeyPair>>(),
  taken: new Map<string, number>(),
}))
vi.mock('jose', async (original) => {
  const jose = await original<typeof import('jose')>()
  return {
    ...jose,
    generateKeyPair: (alg: string, options: Parameters<typeof generateKeyPair>[1]) => {
      const number = (keys.taken.get(alg) ?? 0) + 1
      keys.taken.set(alg, number)
      const pair = keys.made.get(`${alg} ${number}`) ?? jose.generateKeyPair(alg, options)
      keys.made.set(`${alg} ${number}`, pair)
      return pair
    },
  }
})
vi.mock('../../lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async () => false,
}))

beforeEach(() => {
  keys.taken.clear()
})

const databases = bothDatabases()

test.each(databaseNames)(
  'on %s, audit entries are of several people, and refused logins are noted for the log',
  async (name) => {
    const args = ['--identities=30', '--decisions=400', '--audit=500', '--days=20', '--password=a long password']
    expect(await seed(args, databases.url(name))).toBe(0)
    const db = databases.client(name)
    const made = await db.auditEntry.findMany({ where: { actorKind: 'user' } })
    const acting = new Set(made.map(({ actorName }) => actorName))
    expect(acting.size).toBe(7)
    const actions = new Set(made.map(({ action }) => action))
    for (const action of [
      'trust.updated',
      'identity.updated',
      'session.ended',
      'access-token.revoked',
      'organization.updated',
    ]) {
      expect(actions).toContain(action)
    }
    const updated = await db.auditEntry.findMany({ where: { action: 'trust.updated' } })
    for (const { before, after, targetId } of updated) {
      expect([before, after].map((text) => JSON.parse(text ?? '{}').id)).toEqual([targetId, targetId])
    }
    const refused = await db.decision.findMany({ where: { accepted: false }, select: { id: true } })
    expect(refused.length).toBeGreaterThan(0)
    expect(await db.unsealedRecord.count({ where: { kind: 'refused' } })).toBe(refused.length)
  },
)
