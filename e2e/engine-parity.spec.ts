import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { createVectorIssuer, type MadeVector, type Vector, type VectorIssuer, vectors } from '@/lib/trust/vectors'
import { editorOf, expectAccepted } from './dashboard/editor'
import { type Judgement, judgedBesideForm, judgedByTester } from './dashboard/typed-tokens'
import { expect, type Installation, openOnPurpose, test } from './fixtures/test'

/*
 * Browser and login run one engine, so they must reach one verdict. The policy of every vector is saved as the trust of an
 * identity in the domain's own words, its token is typed into the tester of the production build and sent to the login. The
 * empty token cannot be pasted, and both refuse it before there is a verdict. Typed, not pasted: a paste forgives blanks.
 */
test.use({ trace: 'off' })

/** Vectors that one trust judges. */
type Group = { name: string; vectors: Vector[]; trustId: string; identityId: string }

/** How many trusts judge at once: each costs its verdicts, each page its loading. The tester shows 50. */
const trustsMax = 15
/** How many tokens go to both at once: as many as are judged before one that is not valid yet becomes so. */
const tokensMax = 8
/** A minute's refusals of one identity are limited to 60. */
const groupMax = 40

/** How many logins were made, each from an address of its own. */
let logins = 0
let issuer: VectorIssuer
let keyServer: Awaited<ReturnType<typeof startKeyServer>>
test.beforeAll(async () => {
  keyServer = await startKeyServer()
  issuer = await createVectorIssuer({ now: Date.now() / 1000 })
})
test.afterAll(() => keyServer.stop())

// The longest tests of all: side by side, and on as many workers as there are.
test.describe.configure({ mode: 'parallel' })

const parts = 2
for (let part = 0; part < parts; part++) {
  test(`every vector gets the same verdict from the tester in the browser and from the login (part ${part + 1} of ${parts})`, async ({
    dashboard,
    installation,
  }) => {
    test.setTimeout(600_000)
    await expectOneVerdict(
      dashboard,
      installation,
      (await grouped()).filter((_, at) => at % parts === part),
    )
  })
}

async function expectOneVerdict(page: Page, installation: Installation, all: Group[]) {
  const judged = new Set<string>()
  for (let start = 0; start < all.length; start += trustsMax) {
    const groups = all.slice(start, start + trustsMax)
    for (const group of groups) Object.assign(group, await saved(group, installation))
    await fetchedKeys(page, groups.length)
    const pairs = groups.flatMap((group) => group.vectors.map((vector) => ({ group, vector })))
    for (let at = 0; at < pairs.length; at += tokensMax) {
      const some = await Promise.all(
        pairs.slice(at, at + tokensMax).map(async ({ group, vector }) => ({
          ...{ group, vector, trustId: group.trustId, identityId: group.identityId },
          token: (await vector.make(issuerOf(group.name))).token,
          wanted: await expectedOverHttp(vector),
        })),
      )
      for (const { vector, token, group } of some) {
        judged.add(vector.name)
        if (token === '') await expectNoVerdict(page, installation, group)
      }
      const given = some.filter(({ token }) => token !== '')
      const [browser, login] = await Promise.all([judgedByTester(page, given), judgedByLogin(installation, given)])
      for (const [index, { vector, wanted }] of given.entries()) {
        const [inBrowser, atLogin] = [browser[index] as Judgement, login[index] as Judgement]
        expect.soft(verdictOf(inBrowser), `${vector.name}: the browser`).toEqual(wanted)
        expect.soft(verdictOf(atLogin), `${vector.name}: the login`).toEqual(wanted)
        expect.soft(inBrowser.checks, `${vector.name}: every check`).toEqual(atLogin.checks)
      }
    }
    for (const { identityId } of groups) {
      expect((await installation.api.delete(`/api/admin/identities/${identityId}`)).status).toBe(204)
    }
  }
  const names = all.flatMap((group) => group.vectors.map(({ name }) => name))
  expect([...judged].sort()).toEqual(names.sort())
}

test('every vector is in one of the groups that judge', async () => {
  const names = (await grouped()).flatMap((group) => group.vectors.map(({ name }) => name))
  expect(names.sort()).toEqual(vectors.map(({ name }) => name).sort())
})

test('the tester beside the form gives the same verdict on every token that its usual trust judges', async ({
  dashboard: page,
  installation: { api, identity, anonymous },
}) => {
  test.setTimeout(300_000)
  const usual = (await grouped()).map((group) => group.vectors).sort((one, other) => other.length - one.length)[0] ?? []
  expect(usual.length).toBeGreaterThan(20)
  const name = 'beside-the-form'
  const { policy, keySets } = await usual[0]!.make(issuerOf(name))
  keyServer.serve(keySets)
  // Saved through the other API, whose words are those of the form's own fields.
  const identityId = await identity(name)
  const [source] = policy.keys
  const attached = await api.post(`/api/v1/auth/jwt-auth/identities/${identityId}`, {
    jwksUrl: source && 'url' in source ? source.url : '',
    boundIssuer: issuer.issuer,
    boundAudiences: issuer.audience,
  })
  expect(attached.status, attached.text).toBe(200)

  await page.goto(`/identities/${identityId}/jwt-auth`)
  const editor = editorOf(page)
  await expect(editor.issuer).toHaveValue(issuer.issuer)
  await expect(editor.audienceChips).toHaveText([issuer.audience])
  // Until the keys are fetched, what they would verify is refused.
  await editor.token.fill((await usual.find(({ accepted }) => accepted)!.make(issuerOf(name))).token)
  await expectAccepted(page)
  for (let at = 0; at < usual.length; at += tokensMax) {
    const some = await Promise.all(
      usual.slice(at, at + tokensMax).map(async (vector) => ({
        vector,
        token: (await vector.make(issuerOf(name))).token,
      })),
    )
    const given = some.filter(({ token }) => token !== '')
    const browser = await judgedBesideForm(
      page,
      given.map(({ token }) => token),
    )
    for (const [index, { vector, token }] of given.entries()) {
      expect.soft(browser[index], vector.name).toEqual(expected(vector))
      const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt: token })
      expect.soft(login.status === 200, vector.name).toBe(vector.accepted)
    }
  }
  // The other tests count the trusts there are.
  expect((await api.delete(`/api/admin/identities/${identityId}`)).status).toBe(204)
})

const expected = ({ accepted, decisive }: Vector) => ({ accepted, decisive })
/** A source that answers without one usable key is a failed fetch, which the vectors, given their keys, cannot say. */
async function expectedOverHttp(vector: Vector) {
  const { keySets } = await vector.make(issuer)
  const isEmpty = Object.values(keySets).some((keys) => keys?.length === 0)
  return isEmpty ? { accepted: false, decisive: 'keys.source' } : expected(vector)
}
const verdictOf = ({ accepted, decisive }: Judgement) => ({ accepted, decisive })

/** The issuer of now, whose key sets stand under a path of their own. */
const issuerOf = (name: string): VectorIssuer => ({
  ...issuer,
  now: Math.floor(Date.now() / 1000),
  keySetUrl: (set) => `${keyServer.origin}/${name}/${set}.json`,
})

/** The vectors by what judges them: the same policy over the same key sets. */
async function grouped(): Promise<Group[]> {
  const groups = new Map<string, Vector[][]>()
  for (const vector of vectors) {
    const { policy, keySets } = await vector.make(issuer)
    const content = JSON.stringify([policy, keySets])
    const parts = groups.get(content) ?? []
    const last = parts.at(-1)
    if (last && last.length < groupMax) last.push(vector)
    else parts.push([vector])
    groups.set(content, parts)
  }
  return [...groups.values()]
    .flat()
    .map((members, at) => ({ name: `v${at}`, vectors: members, trustId: '', identityId: '' }))
}

/** Serves a group's keys and saves its policy as the trust of an identity. */
async function saved({ name, vectors: [first] }: Group, { api, identity }: Installation) {
  const { policy, keySets } = await (first as Vector).make(issuerOf(name))
  keyServer.serve(keySets)
  const identityId = await identity(name)
  const trust = await api.post(`/api/admin/identities/${identityId}/trusts/jwt`, { ...policy, ...openOnPurpose })
  expect(trust.status, trust.text).toBe(201)
  return { identityId, trustId: String(trust.body.id) }
}

/** Opens the tester with a text that makes it ask for every source, and waits for the answers; they are kept for a minute. */
async function fetchedKeys(page: Page, trusts: number) {
  await page.goto('/tester')
  await editorOf(page).token.fill('not a token')
  await expect(page.locator('[data-trust]')).toHaveCount(trusts)
  await expect(page.getByRole('progressbar', { name: 'Fetching keys' })).toHaveCount(0)
}

async function judgedByLogin({ anonymous, api }: Installation, given: { token: string; identityId: string }[]) {
  const judgements: Judgement[] = []
  for (const { token: jwt, identityId } of given) {
    // Refusals of one cause are folded by address; from an address of its own, each login has a decision of its own.
    const headers = { 'x-forwarded-for': `198.51.${Math.floor(logins / 250)}.${(logins % 250) + 1}` }
    logins += 1
    const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt }, { headers })
    expect([200, 401, 403, 503], login.text).toContain(login.status)
    const decision = await api.get(`/api/admin/decisions/${login.headers.get('x-request-id')}`)
    expect(decision.body.accepted, decision.text).toBe(login.status === 200)
    judgements.push({
      accepted: decision.body.accepted,
      decisive: decision.body.checkId,
      checks: decision.body.trace
        .map(({ id, status }: { id: string; status: string }) => `${id} ${status}`)
        .filter((check: string) => !check.startsWith('ip '))
        .sort(),
    })
  }
  return judgements
}

/** The empty token: the tester asks for one, the login says which field is wrong. */
async function expectNoVerdict(page: Page, { anonymous }: Installation, { identityId, trustId }: Group) {
  const { token: box, forget } = editorOf(page)
  if (await forget.isVisible()) await forget.click()
  await expect(box).toHaveValue('')
  await expect(page.getByRole('status', { name: 'Result' })).toContainText('Paste a token')
  await expect(page.locator(`[data-trust="${trustId}"]`)).toHaveCount(0)
  const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt: '' })
  expect(login.status, login.text).toBe(422)
  expect(login.body.message).toMatchObject([{ path: ['jwt'] }])
}

/** Serves key sets by their URL; hangs up on who asks for one that does not answer. */
async function startKeyServer() {
  const sets: MadeVector['keySets'] = {}
  const server = createServer((request, response) => {
    const keys = sets[`${origin}${request.url}`]
    if (!keys) response.socket?.destroy()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    serve: (more: MadeVector['keySets']) => void Object.assign(sets, more),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
