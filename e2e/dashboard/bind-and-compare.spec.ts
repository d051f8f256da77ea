import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { expectAccepted, expectRefused, openEditor, paste, save } from './editor'
import { githubSubject, githubToken, githubTrust } from './github-job'

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
  await bind('sub', 'A pattern with its last part left open')
  await expect(editor.subject).toHaveValue('repo:acme/*')
  await bind('ref', 'This value as well')
  await bind('team', 'Only the presence of the claim')
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

test('a refusal says what about the job leads to it, and an accepted token what it would buy', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const id = await githubTrust(installation, 'payments', githubSubject())
  const editor = await openEditor(page, id)
  await paste(editor.token, githubToken('environment'))
  await expectRefused(page, 'sub')
  await expect(editor.check('sub').getByRole('list', { name: 'Likely causes' })).toContainText(
    'The job’s environment is "production", so GitHub Actions writes its subject as “IDs, environment”; the rule wants “IDs, branch or tag”.',
  )
  const standard = editor.check('sub').getByRole('link', { name: /^RFC 7519 §4\.1\.2/ })
  await expect(standard).toHaveAttribute('href', 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.2')
  await expect(standard).toHaveAttribute('rel', 'noreferrer')

  // It takes the place of the one before.
  await paste(editor.token, githubToken())
  await expectAccepted(page)
  const issued = page.getByRole('region', { name: 'What would be issued' })
  await expect(issued).toContainText(githubSubject())
  await expect(issued).toContainText(/after 15 min: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)
  await page.getByText('Compare with another token').click()
  await paste(page.getByRole('textbox', { name: 'Other token' }), githubToken('environment'))
  const differences = page.getByRole('table', { name: 'Claims that differ' })
  await expect(differences.getByRole('row', { name: /^environment / })).toContainText('production')

  await page.getByRole('button', { name: 'Use mine' }).click()
  await expect(page.getByLabel('Used from')).toHaveValue(/^(127\.0\.0\.1|::1)$/)
  await expect(editor.check('ip')).toHaveAttribute('data-status', 'pass')

  // The one request that carries the token, since the user asked for it.
  const meter = page.getByText('bytes of this token left the browser').first()
  await expect(meter).toHaveText(/^0 bytes/)
  await page.getByRole('button', { name: 'Judge on the server, too' }).click()
  await expect(page.getByRole('status', { name: 'Answer of the server' })).toContainText('the same verdict')
  await expect(meter).not.toHaveText(/^0 bytes/)
})
