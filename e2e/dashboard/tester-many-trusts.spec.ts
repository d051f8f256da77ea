import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { paste } from './editor'

const signer = createIssuer()

test('of more trusts than are judged, the one that a token opens comes first, then the nearest', async ({
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
