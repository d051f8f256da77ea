import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { type Installation, install } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const api = '/api/admin/reviews'
const why = 'It is used by the nightly release.'
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

type Item = { number: number; thingId: string; decision: string; mark: string; changes: string[] }

async function started(scope: object, more: object = {}) {
  const made = await here.admin.post(api, { name: 'Quarter', dueAt: inDays(14), scope, ...more })
  expect(made.status, made.text).toBe(201)
  let { body } = made
  while (body.state === 'collecting') body = (await here.admin.post(`${api}/${body.id}/collect`)).body
  expect(body.state).toBe('open')
  return body
}
async function itemOf(reviewId: string, thingId: string): Promise<Item> {
  const { body } = await here.admin.get(`${api}/${reviewId}/items?limit=100`)
  return body.items.find((item: Item) => item.thingId === thingId)
}

test('a review is started, decided item by item, closed and exported', async () => {
  const [kept, removed, left] = [await here.identity(), await here.identity({ name: '=1+1' }), await here.identity()]
  const trust = { keys: [{ kind: 'static-pem', pem: createIssuer().pem }], ...openOnPurpose }
  expect((await here.admin.post(`/api/admin/identities/${kept}/trusts/jwt`, trust)).status).toBe(201)
  const review = await started({ kinds: ['identity', 'trust'] })
  const decide = async (thingId: string, body: object) => {
    const { number, mark } = await itemOf(review.id, thingId)
    return here.admin.call('PATCH', `${api}/${review.id}/items/${number}`, { mark, ...body })
  }
  const bare = await decide(kept, { decision: 'keep' })
  expect([bare.status, bare.body.fields[0].path]).toEqual([422, ['reason']])
  expect((await decide(kept, { decision: 'keep', reason: why })).body).toMatchObject({ decision: 'kept', reason: why })
  expect((await decide(removed, { decision: 'remove', reason: why })).status).toBe(200)
  expect((await here.admin.get(`/api/admin/identities/${removed}`)).status).toBe(404)

  const again = await here.admin.post(`${api}/${review.id}/keep-clean`, {})
  expect([again.status, (await itemOf(review.id, left)).decision]).toEqual([200, 'kept'])
  expect((await here.admin.post(`${api}/${review.id}/settle`, {})).body).toEqual({
    ...{ settled: 0, setAside: 0, next: null },
  })

  const closed = await here.admin.post(`${api}/${review.id}/close`)
  expect(closed.body).toMatchObject({ state: 'closed', removed: 1 })
  expect(closed.body.undecided).toBeGreaterThan(0)
  expect((await here.admin.post(`${api}/${review.id}/keep-clean`, {})).body.reason).toBe('review_closed')

  const file = `/api/admin/exports/reviews/${review.id}`
  const lines = (await here.admin.get(file)).text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(review.items)
  expect(lines.find(({ thingId }) => thingId === kept)).toMatchObject({
    decision: 'kept',
    reason: why,
    review: 'Quarter',
  })
  expect(lines.some(({ decision }) => decision === 'undecided')).toBe(true)
  const csv = (await here.admin.get(`${file}?format=csv`)).text
  expect(csv).toContain(`,'=1+1,`)
  expect(csv).not.toContain(',=1+1')

  const { body: audit } = await here.admin.get(`/api/admin/audit?targetId=${review.id}`)
  expect(audit.entries.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['review.started', 'review.collected', 'review.item-decided', 'review.closed']),
  )
})

test('another reviewer’s decision is answered 409, and overridden only with its version and a reason', async () => {
  const thing = await here.identity()
  const review = await started({ kinds: ['identity'] })
  const { number, mark } = await itemOf(review.id, thing)
  const path = `${api}/${review.id}/items/${number}`
  const narrow = await here.admin.call('PATCH', path, { decision: 'narrow', mark, version: 0 })
  expect(narrow.body).toMatchObject({ decision: 'narrowing', version: 1, former: null })
  const late = await here.admin.call('PATCH', path, { decision: 'keep', reason: why, version: 0 })
  expect([late.status, late.body.reason]).toEqual([409, 'decided_meanwhile'])
  expect(late.body.message).toContain('decided “To be narrowed”')
  const blind = await here.admin.call('PATCH', path, { decision: 'keep', reason: why })
  expect([blind.status, blind.body.reason]).toEqual([409, 'decided_already'])
  expect((await here.admin.call('PATCH', path, { decision: 'keep', version: 1 })).body.fields[0].path).toEqual([
    'reason',
  ])
  expect((await here.admin.call('PATCH', path, { decision: 'keep', version: -1 })).status).toBe(422)
  const over = await here.admin.call('PATCH', path, { decision: 'keep', reason: why, version: 1 })
  expect(over.body).toMatchObject({ decision: 'kept', version: 2, former: { decision: 'narrowing' } })
  const { body: audit } = await here.admin.get(`/api/admin/audit?targetId=${review.id}`)
  expect(audit.entries[0]).toMatchObject({ action: 'review.decision-overridden', reason: why })
})

test('several items are removed with one reason, after counting what would be lost', async () => {
  const [one, two] = [await here.identity(), await here.identity()]
  const review = await started({ kinds: ['identity'] })
  const items = [await itemOf(review.id, one), await itemOf(review.id, two)]
  const numbers = items.map(({ number }) => number)
  const losses = await here.admin.get(`${api}/${review.id}/losses?numbers=${numbers.join(',')}`)
  expect(losses.body).toEqual({ items: 2, identities: 2, trusts: 0, people: 0, tokens: 0 })
  for (const query of ['numbers=x', 'numbers=1,,2', `numbers=${Array(101).fill(1).join(',')}`]) {
    expect((await here.admin.get(`${api}/${review.id}/losses?${query}`)).status, query).toBe(422)
  }
  const chosen = items.map(({ number, mark }) => ({ number, mark }))
  const wrong = [
    { reason: undefined },
    { items: [] },
    { items: [chosen[0], chosen[0]] },
    { items: Array(51).fill(chosen[0]) },
  ]
  for (const part of wrong) {
    const body = { decision: 'remove', reason: why, items: chosen, ...part }
    expect((await here.admin.post(`${api}/${review.id}/decide`, body)).status, JSON.stringify(part)).toBe(422)
  }
  const done = await here.admin.post(`${api}/${review.id}/decide`, {
    ...{ decision: 'remove', reason: why, items: [...chosen, { number: 99_999 }] },
  })
  expect(done.body).toMatchObject({
    decided: 2,
    refused: [{ number: 99_999, message: expect.stringContaining('no item') }],
  })
  expect((await here.admin.get(`/api/admin/identities/${one}`)).status).toBe(404)
})

test('name, due date and reviewers are changed while a review is open', async () => {
  const review = await started({ kinds: ['identity'] })
  const path = `${api}/${review.id}`
  for (const body of [{ name: ' ' }, { dueAt: inDays(-1) }, { reviewers: ['x'] }, { scope: { kinds: ['trust'] } }]) {
    expect((await here.admin.call('PATCH', path, body)).status, JSON.stringify(body)).toBe(422)
  }
  expect((await here.admin.call('PATCH', path, {})).body).toMatchObject({ name: 'Quarter' })
  expect((await here.admin.call('PATCH', path, { name: 'Autumn' })).body).toMatchObject({ name: 'Autumn' })
  const { client: auditor } = await here.actor('auditor')
  expect((await auditor.call('PATCH', path, { name: 'Mine' })).status).toBe(403)
  await here.admin.post(`${path}/close`)
  expect((await here.admin.call('PATCH', path, { name: 'Winter' })).body.reason).toBe('review_closed')
})

test('wrong requests are 422, and missing or forbidden reviews are reported as such', async () => {
  const review = await started({ kinds: ['identity'] })
  const wrong = [
    { scope: { kinds: [] } },
    { scope: { kinds: ['identity', 'identity'] } },
    { scope: { kinds: ['identity'], role: 'owner' } },
    { dueAt: 'tomorrow' },
    { dueAt: inDays(-1) },
    { dueAt: inDays(400) },
    { reviewers: [here.organizationId] },
    { name: ' ' },
  ]
  for (const part of wrong) {
    const body = { name: 'Quarter', dueAt: inDays(14), scope: { kinds: ['identity'] }, ...part }
    expect((await here.admin.post(api, body)).status, JSON.stringify(part)).toBe(422)
  }
  for (const query of ['state=done', 'limit=0', 'cursor=x']) {
    expect((await here.admin.get(`${api}?${query}`)).status, query).toBe(422)
  }
  for (const query of ['decision=maybe', 'kind=robot', 'after=-1', 'limit=1000']) {
    expect((await here.admin.get(`${api}/${review.id}/items?${query}`)).status, query).toBe(422)
  }
  const unknown = `${api}/00000000-0000-4000-8000-000000000000`
  for (const path of [unknown, `${unknown}/items`]) expect((await here.admin.get(path)).status).toBe(404)
  const patch = { decision: 'keep', reason: why }
  expect((await here.admin.call('PATCH', `${api}/${review.id}/items/99999`, patch)).status).toBe(404)
  const { client: auditor } = await here.actor('auditor')
  expect((await auditor.get(`${api}/${review.id}`)).body).toMatchObject({ mayDecide: false })
  expect((await auditor.call('PATCH', `${api}/${review.id}/items/1`, patch)).status).toBe(403)
  const { client: member } = await here.actor('member')
  expect((await member.post(api, { name: 'Mine', dueAt: inDays(1), scope: { kinds: ['identity'] } })).status).toBe(403)
  expect((await member.call('PATCH', `${api}/${review.id}/items/1`, patch)).body.reason).toBe('no_reviewer')
  const { client: outsider } = await here.actor('no-access')
  expect((await outsider.get(api)).status).toBe(403)
  expect((await outsider.get(`/api/admin/exports/reviews/${review.id}`)).status).toBe(403)
})

test('people’s access is listed and exported, and a name cannot begin a formula', async () => {
  const person = { name: '=HYPERLINK("x")', email: 'eve@example.com', password: 'correct horse battery staple' }
  expect((await here.admin.post('/api/admin/members', { ...person, role: 'auditor' })).status).toBe(201)
  const { client: auditor } = await here.actor('auditor')
  const { body } = await auditor.get('/api/admin/people-access')
  const of = (email: string) => body.people.find((one: { email: string }) => one.email === email)
  expect(of('eve@example.com')).toMatchObject({ role: 'auditor', changes: [], hasPassword: true, sessions: 0 })
  expect(of('ada@example.com')).toMatchObject({ role: 'admin', changes: [expect.any(String), expect.any(String)] })
  const csv = (await auditor.get('/api/admin/exports/people-access?format=csv')).text
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  expect((await auditor.get('/api/admin/exports/people-access?format=xls')).status).toBe(422)
  const { client: outsider } = await here.actor('no-access')
  for (const path of ['people-access', 'exports/people-access', 'unreviewed']) {
    expect((await outsider.get(`/api/admin/${path}`)).status, path).toBe(403)
  }
})

test('the interval of reviews is a setting, off until it is set', async () => {
  const settings = (await here.admin.get('/api/admin/organization')).body
  expect(settings.reviewIntervalDays).toBeNull()
  expect((await here.admin.call('PATCH', '/api/admin/organization', { reviewIntervalDays: 0 })).status).toBe(422)
  const set = await here.admin.call('PATCH', '/api/admin/organization', { reviewIntervalDays: 90 })
  expect(set.body).toMatchObject({ reviewIntervalDays: 90, requiresSecondFactor: false })
  // Everything here is new.
  expect((await here.admin.get('/api/admin/unreviewed')).body).toEqual({
    ...{ intervalDays: 90, identities: 0, trusts: 0, people: 0, isMore: false },
  })
})
