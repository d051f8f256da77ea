import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { paste } from './editor'
import { githubSubject, githubToken, githubTrust } from './github-job'

const signer = createIssuer()

test('of very many trusts, those that accept a token come first, then the nearest', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  for (let at = 0; at < 56; at++) {
    const id = await installation.identity(`machine-${at}`)
    const trust = {
      ...{ configurationType: 'static', publicKeys: [signer.pem], boundAudiences: 'keybound' },
      boundIssuer: at < 3 ? 'https://other.example' : 'https://issuer.example',
      boundSubject: `agent-${at}`,
    }
    expect((await installation.api.post(`/api/v1/auth/jwt-auth/identities/${id}`, trust)).status).toBe(200)
  }
  await page.goto('/tester')
  await paste(page.getByRole('textbox', { name: 'Token', exact: true }), signer.token({ sub: 'agent-40' }))
  await expect(page.getByRole('status', { name: 'Result' })).toHaveText(
    '1 of 56 trusts accepts it. 3 name another issuer.',
  )
  const first = page.getByRole('list', { name: 'Trusts' }).locator('> li').first()
  await expect(first).toContainText('machine-40')
  await expect(first).toContainText('accepts it')
})

test('claims are searched and walked by keys, those about a person and unknown ones are marked, and a refusal has a likely cause', async ({
  dashboard: page,
  installation,
}) => {
  await githubTrust(installation, 'payments', githubSubject())
  await page.goto('/tester')
  await paste(page.getByRole('textbox', { name: 'Token', exact: true }), githubToken('environment'))
  await expect(page.getByRole('list', { name: 'Likely causes' })).toContainText('The job’s environment is "production"')

  const claims = page.getByRole('table', { name: 'Claims of the token' })
  await expect(claims.getByRole('row', { name: /^actor / })).toContainText('personal')
  await expect(claims.getByRole('row', { name: /^actor_id / })).not.toContainText('unknown')
  await page.getByRole('searchbox', { name: 'Search claims' }).fill('repository_owner')
  await expect(claims.getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Tab')
  await expect(claims.getByRole('button', { name: 'repository_owner_id' })).toBeFocused()
  // What is pointed at is marked in the token.
  await expect(page.locator('mark')).not.toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(claims.getByRole('button', { name: 'repository_owner', exact: true })).toBeFocused()
})
