import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase } from '../fixtures/empty-database'
import { databaseUnderTest } from '../fixtures/keybound'
import type { Answer, Client } from './client'
import { credentials, type Installation, install, jwtAuthPath } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

/** How often a race is run: each round meets the database in another order. */
const rounds = Array.from({ length: 6 }, (_, round) => round)
const session = '/api/admin/session'
const members = '/api/admin/members'
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort()

async function signedIn(person: { email: string; password: string }): Promise<Client> {
  const answer = await here.anonymous.post(session, person)
  expect(answer.status, answer.text).toBe(201)
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  return here.anonymous.as({ cookie: cookie.join('; '), 'sec-fetch-site': 'same-origin' })
}

async function person(role: string, name: string = crypto.randomUUID()) {
  const who = { email: `${name}@example.com`, password: 'a password of some length' }
  const answer = await here.admin.post(members, { ...who, name, role })
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.body.id as string, ...who, client: await signedIn(who) }
}

describe('the last admin stays', () => {
  const admins = () => here.db.membership.count({ where: { role: 'admin' } })

  test('when two admins demote each other at once', async () => {
    const [ada, bob] = await onlyAdmins()
    for (const round of rounds) {
      const answers = await Promise.all([
        ada.client.patch(`${members}/${bob.id}`, { role: 'member' }),
        bob.client.patch(`${members}/${ada.id}`, { role: 'auditor' }),
      ])
      expect(statuses(answers), `round ${round}`).toEqual([200, 403])
      expect(await admins(), `round ${round}`).toBe(1)
      await here.db.membership.updateMany({ where: { userId: { in: [ada.id, bob.id] } }, data: { role: 'admin' } })
    }
  })

  test('when two admins step down, or remove themselves, at once', async () => {
    const [ada, bob] = await onlyAdmins()
    for (const round of rounds) {
      const answers = await Promise.all(
        [ada, bob].map(({ client, id }) => client.patch(`${members}/${id}`, { role: 'member' })),
      )
      expect(statuses(answers), `round ${round}`).toEqual([200, 400])
      expect(await admins(), `round ${round}`).toBe(1)
      await here.db.membership.updateMany({ where: { userId: { in: [ada.id, bob.id] } }, data: { role: 'admin' } })
    }
    const removals = await Promise.all([ada, bob].map(({ client, id }) => client.delete(`${members}/${id}`)))
    expect(statuses(removals)).toEqual([204, 400])
    expect(await admins()).toBe(1)
  })

  /** Two new people who are the only admins. */
  async function onlyAdmins() {
    const pair = [await person('admin'), await person('admin')] as const
    const others = { role: 'admin', userId: { notIn: pair.map(({ id }) => id) } }
    await here.db.membership.updateMany({ where: others, data: { role: 'member' } })
    return pair
  }
})

describe('unique things exist once', () => {
  test('a provider of one name, a login method of one identity, a token method of one identity', async () => {
    const issuer = createIssuer()
    const keyed = { project: { id: 'example' }, keys: [{ ...issuer.publicKey.export({ format: 'jwk' }), kid: 'k1' }] }
    for (const round of rounds.slice(0, 3)) {
      const jwt = { jwtEndpoint: 'https://gateway.example/jwt', headerName: 'x-auth-token', name: `idp ${round}` }
      const provider = { ...jwt, issuer: 'https://issuer.example', keysEndpoint: 'https://issuer.example/keys' }
      const id = await here.identity()
      const acts: (() => Promise<Answer>)[] = [
        () => here.admin.post('/admin/v1/idps/jwt', provider),
        () => here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] }),
        () => here.admin.post(`/api/v1/auth/token-auth/identities/${id}`, {}),
        () => here.admin.post('/auth/v1/issuers', { iss: `https://${round}.example`, ...keyed }),
      ]
      for (const act of acts) {
        const answers = await Promise.all([act(), act(), act(), act()])
        expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
        expect(Math.max(...statuses(answers))).toBeLessThan(500)
      }
    }
  })
})

test('an identity that becomes an admin while a member changes its trust is either raised or changed', async () => {
  const issuer = createIssuer()
  const { client: member } = await here.actor('member')
  for (const round of rounds) {
    const id = await here.identity({ role: 'member' })
    expect((await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })).status).toBe(200)
    const [raised, changed] = await Promise.all([
      here.admin.patch(`/api/v1/identities/${id}`, { role: 'admin' }),
      member.patch(jwtAuthPath(id), { publicKeys: [createIssuer().pem] }),
    ])
    expect(
      [
        [200, 403],
        [400, 200],
      ],
      `round ${round}`,
    ).toContainEqual([raised?.status, changed?.status])
  }
})

test('an identity that is protected while it is deleted is either deleted or protected', async () => {
  for (const round of rounds) {
    const id = await here.identity()
    const path = `/api/v1/identities/${id}`
    const answers = await Promise.all([here.admin.patch(path, { hasDeleteProtection: true }), here.admin.delete(path)])
    expect(
      [
        [200, 400],
        [200, 404],
      ],
      `round ${round}`,
    ).toContainEqual(statuses(answers))
    const isThere = (await here.admin.get(path)).status === 200
    expect(isThere).toBe(answers[0]?.status === 200)
  }
})

test('no session that was started with the old password outlives the change of the password', async () => {
  const { client, ...who } = await person('member')
  let { password } = who
  for (const round of rounds.slice(0, 3)) {
    const newPassword = `the password of round ${round}`
    const old = { email: who.email, password }
    const [changed, ...starts] = await Promise.all([
      client.put(`${session}/password`, { currentPassword: password, newPassword }),
      ...[1, 2, 3].map(() => here.anonymous.post(session, old)),
    ])
    expect(changed?.status).toBe(204)
    expect(await here.db.session.count({ where: { userId: who.id } })).toBe(1)
    for (const { status } of starts) expect([201, 401]).toContain(status)
    password = newPassword
  }
})

test('the first admin of an installation exists once', async () => {
  await emptyDatabase(here.db, databaseUnderTest())
  const bootstrap = () => here.anonymous.post('/api/v1/admin/bootstrap', { ...credentials, organization: 'Acme' })
  const setUp = () => here.anonymous.post('/api/admin/setup', { ...credentials, organization: 'Acme' })
  const answers = await Promise.all([bootstrap(), setUp(), bootstrap(), setUp()])
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  expect(Math.max(...statuses(answers))).toBe(400)
})
