import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'

const signer = createIssuer()

for (const width of [1440, 390]) {
  test(`at ${width} px the chart marks a day on which a trust changed, and its table leads to the change`, async ({
    dashboard: page,
    installation,
  }) => {
    await page.setViewportSize({ width, height: 844 })
    const id = await installation.identity(`marked at ${width}`)
    const trust = { configurationType: 'static', publicKeys: [signer.pem], boundSubject: 'me' }
    await installation.api.post(`/api/v1/auth/jwt-auth/identities/${id}`, trust)
    // A chart is drawn once there is a login.
    await installation.api.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: signer.token({ sub: 'me' }) })
    await page.goto('/')
    await expect(page.getByText('trusts or keys changed', { exact: true })).toBeVisible()
    await page.getByText('Show the numbers').click()
    await page
      .getByRole('region', { name: 'Logins by day' })
      .getByRole('link', { name: /^\d trusts?$/ })
      .first()
      .click()
    await expect(page).toHaveURL(/\/audit\?action=trust&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/)
    await expect(page.getByRole('main')).toContainText('marked')
  })
}
