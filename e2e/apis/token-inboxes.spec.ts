import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually'
import { type Installation, install } from './installation'
import { createIssuer } from './issuer'

// What an inbox leaves behind: never its secret, never the signature of a token, whatever is sent to it and wherever.

let here: Installation
const issuer = createIssuer()
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const path = '/api/admin/caught-tokens'

async function open() {
  const trust = {
    ...{ name: 'draft', method: 'jwt', issuer: 'https://issuer.example', options: {} },
    keys: [{ kind: 'static-pem', pem: issuer.pem }],
    rules: [{ path: 'aud', matcher: { kind: 'glob-any', values: ['keybound'] }, whenAbsent: 'refuse' }],
  }
  const { status, body, text } = await here.admin.post('/api/admin/token-inboxes', { trust })
  expect(status, text).toBe(201)
  return body as { id: string; secret: string }
}

test('neither log nor database has the secret or a signature, after good, wrong and misplaced requests', async () => {
  const { anonymous, admin } = here
  const [first, second] = [await open(), await open()]
  const good = issuer.token({ team: 'payments-of-this-test' })
  const foreign = createIssuer().token()
  expect((await anonymous.post(path, { inbox: first.secret, token: good })).status).toBe(204)
  expect((await anonymous.post(path, { inbox: first.secret, token: foreign })).status).toBe(409)
  expect((await anonymous.post(path, { inbox: second.secret, token: `Bearer ${foreign}` })).status).toBeLessThan(500)
  await anonymous.post(path, undefined, { raw: `{"inbox":"${second.secret}","token":"${good}` })
  await anonymous.post(path, { inbox: { secret: second.secret }, token: [good] })
  await anonymous.post(`${path}?inbox=${second.secret}&token=${good}`, {})
  await anonymous.post(`${path}/${second.secret}`, { token: good })
  await admin.get(`/api/admin/token-inboxes/${first.secret}`)

  // The claims came: what is looked for below would be found.
  expect(await here.holds('payments-of-this-test')).toBe(true)
  const last = (await anonymous.get('/api/v1/identities')).headers.get('x-request-id') ?? ''
  const logs = await eventually(
    async () => here.keybound.logs(),
    (text) => text.includes(last),
  )
  for (const text of [first.secret, second.secret, ...[good, foreign].map((token) => token.split('.')[2] ?? '')]) {
    expect(text.length).toBeGreaterThan(40)
    expect(logs.includes(text)).toBe(false)
    expect(await here.holds(text)).toBe(false)
  }
})
