import { expect, type Installation, test } from '../fixtures/test'
import { audience, type OpenIdProvider, startOpenIdProvider } from '../peers/openid-provider'
import { createAuthority } from '../peers/tls-authority'
import { editorOf, expectAccepted, expectRefused, openEditor, paste, save } from './editor'
import { openPage } from './go-to'

const authority = createAuthority('Keybound test CA')

let provider: OpenIdProvider
test.beforeEach(async () => {
  provider = await startOpenIdProvider(authority)
})
test.afterEach(() => provider.stop())

const loginBy = async ({ anonymous }: Installation, identityId: string, jwt: string) => {
  const { status, text } = await anonymous.post('/api/v1/auth/oidc-auth/login', { identityId, jwt })
  return { status, text }
}

test('OIDC Auth of a real provider with a private CA: discovered, tried, saved, used for logins, through a rotation and its removal', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('pipeline')
  const editor = await openEditor(page, identityId, 'oidc-auth')
  const url = page.getByLabel('Discovery URL', { exact: true })
  const discover = page.getByRole('button', { name: 'Discover now' })
  const caCert = page.getByLabel('Certificates in PEM')
  const keyTable = page.getByRole('table', { name: 'Keys of this source' })
  const trouble = page.getByRole('alert').filter({ hasText: 'TLS certificate' }).first()

  // Without the authority's certificate, and with another's: what is wrong, and what to do.
  await expect(discover).toBeDisabled()
  await url.fill(provider.origin)
  await discover.click()
  await expect(trouble).toContainText('signed by an authority this server does not know')
  await expect(trouble).toContainText('Paste the certificate of that authority as the CA certificate')
  await page.locator('summary').filter({ hasText: 'CA certificate' }).click()
  await caCert.fill(createAuthority('Another authority').cert)
  await expect(page.getByRole('listitem').filter({ hasText: 'Another authority' })).toBeVisible()
  await discover.click()
  await expect(trouble).toContainText('CA certificate')
  await expect(keyTable).toBeHidden()

  // With it: who the provider says it is, where its keys are, what it signs with, and the keys.
  await caCert.fill(authority.cert)
  await discover.click()
  await expect(keyTable.getByRole('row')).toHaveCount(2)
  await expect(keyTable.getByRole('row').last().getByRole('cell')).toContainText([
    provider.kid(),
    'ES256',
    'sig',
    'P-256',
  ])
  const says = page.getByLabel('What discovery says')
  await expect(says.getByRole('term')).toHaveText(['issuer', 'jwks_uri', 'algorithms'])
  await expect(says.getByRole('definition')).toHaveText([provider.origin, `${provider.origin}/jwks`, /ES256/])

  // Tried before it is saved, with a token the provider really signed.
  await editor.issuer.fill(provider.origin)
  await editor.audiences.fill(audience)
  await editor.audiences.press('Enter')
  await editor.subject.fill('ci-*')
  const first = await provider.token()
  await paste(editor.token, first)
  await expectAccepted(page)
  for (const id of ['keys.source', 'keys.kid', 'signature', 'iss', 'aud', 'sub']) {
    await expect(editor.check(id)).toHaveAttribute('data-status', 'pass')
  }
  await editor.subject.fill('another-subject')
  await expectRefused(page, 'sub')
  await editor.subject.fill('ci-*')
  await expectAccepted(page)
  expect((await loginBy(installation, identityId, first)).status).toBe(404)

  expect(await save(page)).toContain(provider.origin)
  expect(await loginBy(installation, identityId, first)).toMatchObject({ status: 200 })

  // As it was saved, so it comes back.
  await page.reload()
  await expect(url).toHaveValue(provider.origin)
  await expect(editor.issuer).toHaveValue(provider.origin)
  await expect(caCert).toHaveValue(authority.cert)
  await paste(editor.token, first)
  await expectAccepted(page)

  // The provider rotates its key: nothing is restarted.
  const next = await provider.rotate()
  const second = await provider.token()
  expect(await loginBy(installation, identityId, second)).toMatchObject({ status: 200 })
  expect((await loginBy(installation, identityId, first)).status).toBe(401)
  await editor.forget.click()
  await paste(editor.token, second)
  await expectAccepted(page)
  await expect(keyTable.getByRole('row').last()).toContainText(next)
  await editor.forget.click()
  await paste(editor.token, first)
  await expectRefused(page, 'keys.kid')

  // The provider is gone: the last good keys serve, and the page says so.
  await provider.stop()
  expect(await loginBy(installation, identityId, second)).toMatchObject({ status: 200 })
  await discover.click()
  const lastGood = page.getByRole('note').filter({ hasText: 'These are the last good keys' })
  await expect(lastGood).toContainText('cannot be reached')
  expect(await loginBy(installation, identityId, second)).toMatchObject({ status: 200 })
  await page.reload()
  await paste(editor.token, second)
  await expectAccepted(page)
  await expect(editor.check('keys.source')).toHaveAttribute('data-status', 'warn')
  await expect(editor.check('keys.source')).toContainText('last good')
})

test('one identity can have JWT Auth and OIDC Auth, each with its own keys and login', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('both')
  const made = await installation.api.post(`/api/v1/auth/jwt-auth/identities/${identityId}`, {
    jwksUrl: 'https://other.example/jwks.json',
  })
  expect(made.status, made.text).toBe(200)

  await page.goto(`/identities/${identityId}`)
  await page.getByRole('link', { name: /OIDC Auth/ }).click()
  await expect(page).toHaveURL(new RegExp(`/identities/${identityId}/oidc-auth$`))
  const editor = editorOf(page)
  await expect(editor.token).toBeEditable()
  await page.getByLabel('Discovery URL', { exact: true }).fill(provider.discoveryUrl)
  await page.locator('summary').filter({ hasText: 'CA certificate' }).click()
  await page.getByLabel('Certificates in PEM').fill(authority.cert)
  await editor.issuer.fill(provider.origin)
  await save(page)

  const jwt = await provider.token()
  expect(await loginBy(installation, identityId, jwt)).toMatchObject({ status: 200 })
  const byJwt = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })
  expect(byJwt.status).not.toBe(200)

  // Each editor shows its own.
  const jwksUrl = page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox'))
  await openEditor(page, identityId)
  await expect(jwksUrl).toHaveValue('https://other.example/jwks.json')
  await expect(page.getByLabel('Discovery URL', { exact: true })).toHaveCount(0)
  await openPage(page, `/identities/${identityId}`)
  for (const name of [/JWT Auth/, /OIDC Auth/]) await expect(page.getByRole('link', { name })).toBeVisible()
})
