import { afterAll, beforeAll, expect, test } from 'vitest'
import { attached, type Installation, install } from './installation'
import { createIssuer } from './issuer'

// Rules of all trusts, by which a browser finds those nearest to a token, and trusts by their ids.

let here: Installation
let trusts: { id: string; issuer: string | null; rules: unknown[] }[]
beforeAll(async () => {
  here = await install()
  const publicKeys = [createIssuer().pem]
  for (const boundIssuer of ['https://one.example', 'https://two.example', '']) {
    await attached(here, { publicKeys, boundIssuer, boundSubject: 'deploy' })
  }
  trusts = (await here.admin.get('/api/admin/trusts')).body.trusts
})
afterAll(() => here.stop())

test('every trust is there with its issuer and its rules, and nothing else of it', async () => {
  const { status, body } = await here.admin.get('/api/admin/trust-rules')
  expect(status).toBe(200)
  expect(trusts).toHaveLength(3)
  expect(body).toEqual({ trusts: trusts.map(({ id, issuer, rules }) => ({ id, issuer, rules })), next: null })
})

test('pages follow one another without a gap or a repetition', async () => {
  const seen: string[] = []
  for (let after = ''; after !== 'end'; ) {
    const { body } = await here.admin.get(`/api/admin/trust-rules?limit=1${after && `&after=${after}`}`)
    seen.push(...body.trusts.map(({ id }: { id: string }) => id))
    after = body.next ?? 'end'
  }
  expect(seen).toEqual(trusts.map(({ id }) => id))
})

test('each trust is in one of the parts that `until` and `after` divide the ids into', async () => {
  const ids = async (query: string) => {
    const { status, body } = await here.admin.get(`/api/admin/trust-rules?${query}`)
    expect(status).toBe(200)
    return { ids: body.trusts.map(({ id }: { id: string }) => id), next: body.next }
  }
  const [first, second, third] = trusts.map(({ id }) => id)
  expect(await ids(`until=${second}`)).toEqual({ ids: [first, second], next: null })
  expect(await ids(`until=${second}&limit=1`)).toEqual({ ids: [first], next: first })
  expect(await ids(`after=${second}`)).toEqual({ ids: [third], next: null })
  expect(await ids(`after=${third}&until=${second}`)).toEqual({ ids: [], next: null })
  expect((await here.admin.get('/api/admin/trust-rules?until=x')).status).toBe(422)
})

test('trusts are read by their ids; ids of other organizations are not found, and an invalid id is a wrong field', async () => {
  const [first, , third] = trusts
  const wanted = `${third?.id},${crypto.randomUUID()},${first?.id}`
  const { body } = await here.admin.get(`/api/admin/trusts?ids=${wanted}`)
  expect(body.trusts.map(({ id }: { id: string }) => id)).toEqual([first?.id, third?.id])

  for (const ids of ['', 'x', `${first?.id},`, Array(101).fill(first?.id).join(',')]) {
    const answer = await here.admin.get(`/api/admin/trusts?ids=${ids}`)
    expect(answer.status, ids).toBe(422)
    expect(answer.text).toContain('ids')
  }
})

test('without a role nothing can be read', async () => {
  expect((await here.anonymous.get('/api/admin/trust-rules')).status).toBe(401)
  const { client } = await here.actor('no-access')
  expect((await client.get('/api/admin/trust-rules')).status).toBe(403)
})
