import { now } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { applyReview, expectAccepted, expectRefused } from './editor'
import { openPage } from './go-to'
import { asStranger, fillIn, made, openNew, providerOf, rowOf, save, usePortal } from './provider-editor'

const portal = usePortal()

test('a provider is made and judged live, and a person signs in through it', async ({
  dashboard: page,
  browser,
  installation,
  keybound,
}) => {
  test.setTimeout(120_000)
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign-in providers' }).click()
  await expect(page.getByText('No sign-in provider yet')).toBeVisible()
  await page.getByRole('link', { name: 'Add provider' }).last().click()
  await page.getByRole('link', { name: 'All fields' }).click()
  await expect(page).toHaveURL(/\/providers\/new$/)
  const provider = providerOf(page)
  await fillIn(page, portal, 'Portal')

  await page.getByRole('button', { name: 'Fetch keys now' }).click()
  const preview = page.getByRole('table', { name: 'Keys of this source' })
  await expect(preview.getByRole('row').filter({ hasText: 'portal-1' }).getByRole('cell')).toContainText(['ES256'])

  // The warning stays until one audience is named.
  await expect(provider.noAudience).toBeVisible()
  await provider.token.fill(portal.token({ aud: 'another application' }))
  await expectAccepted(page)
  await provider.audience.fill('keybound')
  await expect(provider.noAudience).toBeHidden()
  await expectRefused(page, 'aud')

  // What the other side needs is there before anything is saved.
  await page.getByRole('button', { name: 'Copy callback URL' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${keybound.baseUrl}/idps/jwt`)
  await expect(provider.nginx).toContainText(/location = \/auth\/jwt \{/)
  await expect(provider.nginx).toContainText(/proxy_set_header +x-auth-token /)
  await provider.headerName.fill('')
  await expect(provider.nginx).toContainText(/proxy_set_header +Authorization /)
  await provider.headerName.fill('x-auth-token')
  await expect(page.getByText('Save it first.')).toBeVisible()

  await provider.token.fill(portal.token())
  await expectAccepted(page)
  await provider.token.fill(portal.token({ sub: undefined }))
  await expectRefused(page, 'sub')
  await provider.token.fill(portal.token({ iat: now() - 3660 }))
  await expectRefused(page, 'age')

  const words = await save(page)
  for (const part of ['Portal', portal.gateway.jwtEndpoint, 'x-auth-token', portal.keys.jwksUrl])
    expect(words).toContain(part)
  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1) ?? ''
  await expect(page.getByRole('link', { name: 'Open it here anyway' })).toHaveAttribute(
    'href',
    `/idps/start/${id}?next=%2F`,
  )

  // ZITADEL's API sees the same provider, in the seed's words.
  const { body } = await installation.api.get(`/admin/v1/idps/${id}`)
  expect(body.idp).toMatchObject({
    id,
    name: 'Portal',
    state: 'IDP_STATE_ACTIVE',
    jwtConfig: {
      jwtEndpoint: portal.gateway.jwtEndpoint,
      issuer: portal.keys.origin,
      keysEndpoint: portal.keys.jwksUrl,
      headerName: 'x-auth-token',
    },
    autoRegister: true,
  })

  portal.gateway.token = portal.token({ name: 'Grace Hopper' })
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in')
    await stranger.getByRole('link', { name: 'Sign in with Portal' }).click()
    await expect(stranger).toHaveURL(`${keybound.baseUrl}/`)
    await expect(stranger.getByText(/no access|no-access/i).first()).toBeVisible()
  })
  await openPage(page, '/settings')
  await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' })).toContainText('no-access')
})

test('each fault is reported at its field, a name that another provider has as well, and nothing is saved', async ({
  dashboard: page,
  installation,
}) => {
  await made(installation, portal, 'Taken')
  const provider = await openNew(page)
  await fillIn(page, portal, '')
  await provider.jwtEndpoint.fill('portal.example.com/auth')
  await provider.jwksUrl.fill('ftp://portal.example.com/keys')
  await provider.headerName.fill('x auth token')
  await provider.issuer.fill('')
  await provider.review.click()
  const summary = page.getByRole('alert').filter({ hasText: 'fields need another value' })
  for (const field of ['Name', 'JWT endpoint', 'Header name', 'JWKS URL', 'Issuer']) {
    await expect(summary.getByRole('button', { name: field, exact: true })).toBeVisible()
  }
  for (const field of ['name', 'jwtEndpoint', 'headerName', 'jwksUrl', 'issuer'] as const) {
    await expect(provider[field]).toHaveAttribute('aria-invalid', 'true')
  }
  await expect(provider.jwtEndpoint).toHaveAccessibleDescription(/full URL/)
  await expect(page.getByRole('dialog')).toBeHidden()

  await provider.jwtEndpoint.fill('https://ada:secret@portal.example.com/auth')
  await expect(provider.jwtEndpoint).toHaveAccessibleDescription(/must not carry a user name or password/)
  await provider.jwtEndpoint.fill('http://portal.example.com/auth')
  await expect(provider.jwtEndpoint).not.toHaveAttribute('aria-invalid')
  await expect(page.getByRole('note').filter({ hasText: 'Use https' })).toBeVisible()

  await provider.name.fill('Taken')
  await provider.jwtEndpoint.fill(portal.gateway.jwtEndpoint)
  await provider.headerName.fill('x-auth-token')
  await provider.jwksUrl.fill(portal.keys.jwksUrl)
  await provider.issuer.fill(portal.keys.origin)
  await expect(provider.name).not.toHaveAttribute('aria-invalid')
  await applyReview(page)
  await expect(provider.name).toHaveAttribute('aria-invalid', 'true')
  await expect(page).toHaveURL(/\/providers\/new$/)
})

test('a provider for other applications only has no button on the sign-in page', async ({
  dashboard: page,
  browser,
  keybound,
}) => {
  const provider = await openNew(page)
  await fillIn(page, portal, 'Elsewhere')
  await page.getByRole('switch', { name: 'Let people sign in here' }).click()
  await save(page)
  await expect(page.getByText('Let people sign in here first.')).toBeVisible()
  await expect(provider.nginx).toBeVisible()
  await openPage(page, '/providers')
  await expect(rowOf(page, 'Elsewhere')).toContainText('elsewhere only')
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    const providers = stranger.waitForResponse(/sign-in-providers/)
    await stranger.goto('/sign-in')
    await providers
    await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Sign in with Elsewhere' })).toHaveCount(0)
  })
})
