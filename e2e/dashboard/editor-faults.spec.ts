import { openOnPurpose } from '../fixtures/open-on-purpose'
import { expect, test } from '../fixtures/test'
import { openEditor, paste } from './editor'

test('a page of too many claims says so at the field, and a page that breaks keeps what was typed', async ({
  dashboard: page,
  installation,
}) => {
  const editor = await openEditor(page, await installation.identity('breaks'))
  await editor.audiences.fill('keybound,other')
  await editor.subject.fill('build-agent')
  await editor.claims.getByRole('button', { name: 'Add claim' }).click()
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`claim${at}`, 'x']))
  await paste(editor.claims.getByLabel('Claim 1'), JSON.stringify(many))
  await expect(editor.claims.getByLabel('Claim 99')).toHaveValue('claim98')
  await editor.review.click()
  await expect(page.getByRole('alert').filter({ hasText: 'at most 100 rules' })).toBeVisible()

  await editor.subject.press('End')
  await editor.subject.pressSequentially('s')
  await expect(editor.subject).toHaveValue('build-agents')
  await page.evaluate(() => {
    const real = JSON.stringify
    Object.assign(window, { mend: () => Object.assign(JSON, { stringify: real }) })
    Object.assign(JSON, {
      stringify(...[value, ...rest]: Parameters<typeof real>) {
        if (typeof value === 'object' && value !== null && 'otherRules' in value) throw new Error('a fault of a test')
        return real(value, ...rest)
      },
    })
  })
  // It may have broken by then: the page also judges by itself.
  await page.keyboard.type('x')
  await expect(page.getByRole('heading', { name: 'This page broke' })).toBeVisible()
  await page.evaluate(() => (window as unknown as { mend: () => void }).mend())
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(editor.subject).toHaveValue(/^build-agentsx?$/)
  await expect(editor.claims.getByLabel('Claim 99')).toHaveValue('claim98')
})

test('a test key never replaces keys that are set up', async ({ dashboard: page, installation }) => {
  const id = await installation.identity('holds keys')
  const keys = [{ kind: 'jwks-url', url: 'https://issuer.example/jwks' }]
  const path = `/api/admin/identities/${id}/trusts/jwt`
  expect((await installation.api.post(path, { keys, ...openOnPurpose })).status).toBe(201)
  await openEditor(page, id)
  await page.getByRole('button', { name: 'Test issuer' }).click()
  await expect(page.getByRole('textbox', { name: /^Public key/ })).toHaveValue(/TEST KEY/)
  await expect(page.locator('input[value="https://issuer.example/jwks"]')).toBeVisible()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByRole('textbox', { name: /^Public key/ })).toBeHidden()
  expect((await installation.api.get(path)).body.keys).toMatchObject(keys)
})
