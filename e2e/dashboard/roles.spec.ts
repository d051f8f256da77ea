import { generateKeyPairSync } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { expect, type Installation, openOnPurpose, test } from '../fixtures/test'
import { editorOf } from './editor'
import { openPage } from './go-to'

const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
const policy = { keys: [{ kind: 'static-pem', pem }], issuer: 'https://issuer.example', ...openOnPurpose }

let count = 0
/** A person of a role, and an identity with a trust to look at. */
async function cast({ api, identity }: Installation, role: string) {
  const person = { email: `${role}${count++}@example.com`, password: 'a password of some length' }
  const made = await api.post('/api/admin/members', { ...person, name: `the ${role}`, role })
  expect(made.status, made.text).toBe(201)
  const id = await identity(`machine ${count}`, { role: 'member' })
  expect((await api.post(`/api/admin/identities/${id}/trusts/jwt`, policy)).status).toBe(201)
  return { person, id, userId: String(made.body.id) }
}

/** An identity of an admin's rank, with a trust. */
async function superior({ api, identity }: Installation) {
  const id = await identity(`superior ${count++}`, { role: 'admin' })
  expect((await api.post(`/api/admin/identities/${id}/trusts/jwt`, policy)).status).toBe(201)
  return id
}

/** What the API answers a person's own browser for every kind of change. */
async function statusesOf(request: APIRequestContext, origin: string, id: string, userId: string) {
  const headers = { origin }
  return {
    create: (await request.post('/api/admin/identities', { headers, data: { name: 'by hand' } })).status(),
    rename: (await request.patch(`/api/admin/identities/${id}`, { headers, data: { name: 'other' } })).status(),
    trust: (await request.put(`/api/admin/identities/${id}/trusts/jwt`, { headers, data: policy })).status(),
    detach: (await request.delete(`/api/admin/identities/${id}/trusts/jwt`, { headers })).status(),
    remove: (await request.delete(`/api/admin/identities/${id}`, { headers })).status(),
    promote: (await request.patch(`/api/admin/members/${userId}`, { headers, data: { role: 'admin' } })).status(),
  }
}

test('an auditor sees everything and is offered no change; the API refuses every one', async ({
  page,
  context,
  installation,
  keybound,
}) => {
  const { person, id, userId } = await cast(installation, 'auditor')
  await installation.signIn(context, person)
  await page.goto('/identities')
  await expect(page.getByRole('table', { name: 'Identities' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create identity' })).toHaveCount(0)

  await openPage(page, `/identities/${id}`)
  await expect(page.getByRole('link', { name: 'View JWT Auth' })).toBeVisible()
  for (const name of ['Edit', 'Delete identity', 'Attach Token Auth']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }

  // By its address too, the editor only shows; the tester works.
  await openPage(page, `/identities/${id}/jwt-auth`)
  const editor = editorOf(page)
  await expect(editor.issuer).toHaveValue(policy.issuer)
  await expect(editor.issuer).toBeDisabled()
  await expect(editor.pem).toBeDisabled()
  await expect(editor.review).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Test issuer' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Remove JWT Auth' })).toHaveCount(0)
  await editor.token.fill('a.b.c')
  await expect(editor.verdict).toContainText('Refused')

  await openPage(page, '/settings')
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add person' })).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: /^Role of/ })).toHaveCount(0)
  await page.goto('/settings?tab=retention')
  await expect(page.getByLabel('Refused logins (days)')).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await openPage(page, '/audit')
  await expect(page.getByRole('table', { name: 'Audit entries' })).toBeVisible()
  await openPage(page, '/')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'First steps' })).toHaveCount(0)

  const statuses = await statusesOf(page.request, keybound.baseUrl, id, userId)
  expect(statuses).toEqual({ create: 403, rename: 403, trust: 403, detach: 403, remove: 403, promote: 403 })
  const { body } = await installation.api.get(`/api/admin/identities/${id}/trusts/jwt`)
  expect(body.version).toBe(1)
})

test('an admin who shortens a period is told what that removes before it is saved', async ({
  page,
  context,
  installation,
}) => {
  const { person } = await cast(installation, 'admin')
  await installation.signIn(context, person)
  await page.goto('/settings?tab=retention')
  const days = page.getByLabel('Refused logins (days)')
  await days.fill('20')
  await page.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('alertdialog', { name: 'Remove older records?' })
  await expect(question).toContainText('refused logins')
  await question.getByRole('button', { name: 'Save and remove' }).click()
  await expect(page.getByText('Retention saved')).toBeVisible()
  await page.reload()
  await expect(days).toHaveValue('20')
})

test('a member manages machines and no people, and nothing above their own role, into whose editor they are not led', async ({
  page,
  context,
  installation,
  keybound,
}) => {
  const { person, id, userId } = await cast(installation, 'member')
  const above = await superior(installation)
  await installation.signIn(context, person)

  await page.goto('/identities')
  await page.getByRole('button', { name: 'Create identity' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await expect(page.getByRole('option', { name: /^admin/ })).toBeDisabled()
  await expect(page.getByRole('option', { name: /^member/ })).toBeEnabled()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await openPage(page, `/identities/${id}`)
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit JWT Auth' })).toBeVisible()
  await openPage(page, `/identities/${above}`)
  await expect(page.getByText('is above yours (member), so you cannot change it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'View JWT Auth' })).toBeVisible()
  // By its address too, the editor only shows.
  await openPage(page, `/identities/${above}/jwt-auth`)
  await expect(editorOf(page).issuer).toHaveValue(policy.issuer)
  await expect(editorOf(page).issuer).toBeDisabled()
  await expect(editorOf(page).review).toHaveCount(0)
  await openPage(page, '/settings')
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add person' })).toHaveCount(0)

  expect(await statusesOf(page.request, keybound.baseUrl, above, userId)).toEqual({
    create: 201,
    rename: 403,
    trust: 403,
    detach: 403,
    remove: 403,
    promote: 403,
  })
  const add = {
    headers: { origin: keybound.baseUrl },
    data: { ...person, email: 'x@example.com', name: 'X', role: 'member' },
  }
  expect((await page.request.post('/api/admin/members', add)).status()).toBe(403)
})

test('people without a role see that on every page, and the API answers nothing', async ({
  page,
  context,
  installation,
  keybound,
}) => {
  const { person, id, userId } = await cast(installation, 'no-access')
  await installation.signIn(context, person)
  for (const path of [
    '/',
    '/identities',
    `/identities/${id}`,
    `/identities/${id}/jwt-auth`,
    '/activity',
    '/audit',
    '/settings',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'No access yet', level: 1 })).toBeVisible()
    await expect(page.getByText('You have no role in Acme')).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveCount(0)
  }
  for (const path of [
    'identities',
    `identities/${id}`,
    `identities/${id}/trusts/jwt`,
    'trusts',
    'decisions',
    'audit',
    'members',
    'overview',
  ]) {
    const answer = await page.request.get(`/api/admin/${path}`)
    expect(answer.status(), path).toBe(403)
    expect(await answer.text(), path).not.toContain('issuer.example')
  }
  const statuses = await statusesOf(page.request, keybound.baseUrl, id, userId)
  expect(new Set(Object.values(statuses))).toEqual(new Set([403]))
})
