import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { openEditor, paste, save } from './editor'

const signer = createIssuer()

test('a claim of a token is bound in any of four ways, and what is required is saved', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const id = await installation.identity('bound')
  const editor = await openEditor(page, id)
  await editor.keys('Static keys').click()
  await editor.pem.fill(signer.pem)
  await paste(editor.token, signer.token({ sub: 'repo:acme/app', team: 'payments', ref: 'main' }))
  const bind = async (claim: string, way: string) => {
    await editor.claimsTable.getByRole('button', { name: `Ways to bind ${claim}`, exact: true }).click()
    await page.getByRole('menuitem', { name: way }).click()
  }
  await bind('iss', 'Exactly this value')
  await expect(editor.issuer).toHaveValue('https://issuer.example')
  await bind('aud', 'Exactly this value')
  await bind('sub', 'Its last part left open')
  await expect(editor.subject).toHaveValue('repo:acme/*')
  await bind('ref', 'This value, beside')
  await bind('team', 'Only that the claim is there')
  await save(page)

  const { body } = await installation.api.get(`/api/admin/identities/${id}/trusts/jwt`)
  expect(body.rules).toContainEqual({ path: 'team', matcher: { kind: 'exists' }, whenAbsent: 'refuse' })
  expect(body.rules).toContainEqual({
    path: 'sub',
    matcher: { kind: 'glob-any', values: ['repo:acme/*'] },
    whenAbsent: 'refuse',
  })
  // Infisical's wire has no words for it.
  expect((await installation.api.get(`/api/v1/auth/jwt-auth/identities/${id}`)).status).toBe(404)
})

test('a token is compared with the last refused login in one click, and the logins of its key are one more', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const id = await installation.identity('compared')
  const trust = {
    configurationType: 'static',
    publicKeys: [signer.pem],
    boundAudiences: 'keybound',
    boundSubject: 'me',
  }
  await installation.api.post(`/api/v1/auth/jwt-auth/identities/${id}`, trust)
  const jwt = signer.token({ sub: 'other-machine', ref: 'main' }, { kid: 'key 7' })
  await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt })

  const editor = await openEditor(page, id)
  await paste(editor.token, signer.token({ sub: 'me', ref: 'main' }))
  await page.getByText('Compare with the last refused login').click()
  const differences = page.getByRole('table', { name: 'Claims that differ' })
  await expect(differences.getByRole('row', { name: /^sub/ })).toContainText('other-machine')
  await expect(differences.getByRole('row', { name: /^ref/ })).toHaveCount(0)
  await editor.forget.click()

  await page.getByRole('link', { name: 'Activity' }).first().click()
  await page.getByRole('row').filter({ hasText: 'compared' }).getByRole('link').first().click()
  await page.getByRole('link', { name: 'key 7' }).click()
  await expect(page).toHaveURL(/\/activity\?kid=key%207$/)
  await expect(page.getByRole('row').filter({ hasText: 'compared' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Stop filtering by key key 7' }).click()
  await expect(page).toHaveURL(/\/activity$/)
})
