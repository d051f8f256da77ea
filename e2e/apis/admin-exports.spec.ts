import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
let identityId: string
beforeAll(async () => {
  here = await install()
  const issuer = createIssuer()
  identityId = await attached(here, { configurationType: 'static', publicKeys: [issuer.pem] })
  for (let number = 0; number < 3; number++) await login(here.anonymous, identityId, await issuer.token({ sub: 'job' }))
  await login(here.anonymous, identityId, 'no token')
  await here.admin.post('/api/v1/identities', { name: '=cmd|calc', organizationId: here.organizationId })
})
afterAll(() => here.stop())

const api = '/api/admin/exports'
const lines = (text: string) => text.trim().split(/\r?\n/)

test('an export has the filters of its list, and all pages, as newline-delimited JSON', async () => {
  const all = lines((await here.admin.get(`${api}/decisions`)).text).map((line) => JSON.parse(line))
  expect(all).toHaveLength(4)
  const refused = await here.admin.get(`${api}/decisions?accepted=false`)
  expect(refused.headers.get('content-type')).toBe('application/x-ndjson')
  expect(refused.headers.get('content-disposition')).toMatch(/^attachment; filename="keybound-decisions-.*\.ndjson"$/)
  expect(lines(refused.text).map((line) => JSON.parse(line))).toEqual(all.filter(({ accepted }) => !accepted))
  const tokens = await here.admin.get(`${api}/tokens?identityId=${identityId}`)
  expect(lines(tokens.text)).toHaveLength(3)
})

test('CSV has a header line, and no field that a spreadsheet would run as a formula', async () => {
  const { text, headers } = await here.admin.get(`${api}/audit?format=csv&action=identity.created`)
  expect(headers.get('content-type')).toBe('text/csv;charset=utf-8')
  const [names, ...rows] = lines(text)
  expect(names?.split(',').slice(0, 3)).toEqual(['id', 'at', 'organizationId'])
  expect(rows.some((row) => row.includes(`,'=cmd|calc,`))).toBe(true)
  expect(text).not.toContain(',=cmd')
})

test('decisions are events of OCSF', async () => {
  const { text } = await here.admin.get(`${api}/decisions?format=ocsf`)
  const events = lines(text).map((line) => JSON.parse(line))
  expect(events.map(({ class_uid, status_id }) => [class_uid, status_id]).sort()).toEqual([
    [3002, 1],
    [3002, 1],
    [3002, 1],
    [3002, 2],
  ])
})

test('an evidence pack is a zip archive of the trusts that are asked for, and of no others', async () => {
  const pack = await here.admin.get(`${api}/evidence-pack?identityId=${identityId}`)
  expect([pack.status, pack.headers.get('content-type')]).toEqual([200, 'application/zip'])
  expect(pack.headers.get('content-disposition')).toMatch(/^attachment; filename="keybound-evidence-.*\.zip"$/)
  expect(pack.text.slice(0, 2)).toBe('PK')
  const unknown = '00000000-0000-4000-8000-000000000000'
  expect((await here.admin.get(`${api}/evidence-pack?trusts=${unknown}`)).status).toBe(404)
  expect((await here.admin.get(`${api}/evidence-pack?trusts=all`)).status).toBe(422)
  expect((await here.admin.get(`${api}/evidence-pack?trusts=${unknown}&identityId=${unknown}`)).status).toBe(422)
})

test('an export that is forbidden or requested wrongly is an error and not a file', async () => {
  const { client: outsider } = await here.actor('no-access')
  expect((await outsider.get(`${api}/evidence-pack`)).status).toBe(403)
  for (const noun of ['decisions', 'audit', 'tokens', 'findings']) {
    expect((await outsider.get(`${api}/${noun}`)).status).toBe(403)
    expect((await here.admin.get(`${api}/${noun}?format=xls`)).status).toBe(422)
    expect((await here.admin.get(`${api}/${noun}?format=csv`)).status).toBe(200)
  }
})

test('versions of a trust are listed, read, compared and restored', async () => {
  const listed = await here.admin.get(`/api/admin/trusts?identityId=${identityId}`)
  const [{ id, method }] = listed.body.trusts
  const place = `/api/admin/identities/${identityId}/trusts/${method}`
  const { body: before } = await here.admin.get(place)
  const changed = await here.admin.put(place, { keys: before.keys, grant: { ...before.grant, ttlSeconds: 60 } })
  expect(changed.status).toBe(200)
  const versions = await here.admin.get(`/api/admin/trusts/${id}/versions`)
  expect(versions.body.versions.map(({ version }: { version: number }) => version)).toEqual([2, 1])
  const first = await here.admin.get(`/api/admin/trusts/${id}/versions/1`)
  expect(first.body.grant).toEqual(before.grant)
  const comparison = await here.admin.post('/api/admin/compare', {
    before: { trust: first.body },
    after: { trust: changed.body },
  })
  expect(comparison.status).toBe(200)
  const restore = `/api/admin/trusts/${id}/versions/1/restore`
  const refused = await here.admin.post(restore)
  expect([refused.status, refused.body.reason]).toEqual([400, 'override_needed'])
  const restored = await here.admin.post(restore, openOnPurpose)
  expect([restored.status, restored.body.version, restored.body.grant]).toEqual([200, 3, before.grant])
  const audit = await here.admin.get('/api/admin/audit?action=trust.updated')
  expect(audit.body.entries[1].changes).toContainEqual({
    text: `changed grant.ttlSeconds from ${before.grant.ttlSeconds} to 60`,
    effect: 'narrower',
  })
})
