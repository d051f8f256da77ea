import { generateKeyPairSync } from 'node:crypto'
import type { Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { expect, test } from '../fixtures/test'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { editorOf, expectAccepted, openEditor, paste, save } from './editor'

const authority = createAuthority('Keybound test CA')
const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()

let issuer: JwksServer
let key: SigningKey
test.beforeEach(async () => {
  issuer = await startJwksServer({ tls: authority.issue() })
  issuer.rotate({ alg: 'RS256', kid: '2026-a' })
  key = issuer.rotate({ alg: 'ES256', kid: '2026-b', keepOld: true })
})
test.afterEach(() => issuer.stop())

const openCaCertificate = (page: Page) => page.locator('summary').filter({ hasText: 'CA certificate' }).click()

const token = () =>
  new SignJWT({})
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .setIssuer(issuer.origin)
    .setAudience('keybound')
    .setSubject('builder')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key.privateKey)

test('keys behind TLS with a private CA: without the CA, with it, and a login', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('builder')
  const editor = await openEditor(page, identityId)
  const url = page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox'))
  const fetchKeys = page.getByRole('button', { name: 'Fetch keys now' })
  const caCert = page.getByLabel('Certificates in PEM')
  const keyTable = page.getByRole('table', { name: 'Keys of this source' })

  // Without the authority's certificate: which of the two it is, and what to do.
  await expect(fetchKeys).toBeDisabled()
  await url.fill(issuer.jwksUrl)
  await fetchKeys.click()
  const trouble = page.getByRole('alert').filter({ hasText: 'TLS certificate' }).first()
  await expect(trouble).toContainText('signed by an authority this server does not know')
  await expect(trouble).toContainText('Paste the certificate of that authority as the CA certificate')
  await expect(keyTable).toBeHidden()

  // With it: whose it is, until when, and the keys.
  await openCaCertificate(page)
  await caCert.fill('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')
  await expect(caCert).toHaveAttribute('aria-invalid', 'true')
  await caCert.fill(authority.cert)
  await expect(page.getByRole('listitem').filter({ hasText: 'Keybound test CA' })).toContainText(/36(49|50) days left/)
  await fetchKeys.click()
  await expect(keyTable.getByRole('columnheader')).toHaveText(['kid', 'alg', 'use', 'Key', 'SHA-256'])
  const rsa = keyTable.getByRole('row').filter({ hasText: '2026-a' })
  await expect(rsa.getByRole('cell')).toContainText(['2026-a', 'RS256', 'sig', 'RSA 2048'])
  const ec = keyTable.getByRole('row').filter({ hasText: '2026-b' })
  await expect(ec.getByRole('cell')).toContainText(['2026-b', 'ES256', 'sig', 'P-256'])

  // The other kind of keys and back: nothing that was typed is lost on either side.
  await editor.keys('Static keys').click()
  await editor.pem.fill(pem)
  await expect(page.getByText('Ed25519', { exact: true }).first()).toBeVisible()
  await editor.keys('JWKS URL').click()
  await expect(url).toHaveValue(issuer.jwksUrl)
  await expect(caCert).toHaveValue(authority.cert)
  await expect(keyTable.getByRole('row')).toHaveCount(3)
  await editor.keys('Static keys').click()
  await expect(editor.pem).toHaveValue(pem)
  await editor.keys('JWKS URL').click()

  await editor.issuer.fill(issuer.origin)
  await editor.subject.fill('builder')
  await paste(editor.token, await token())
  await expectAccepted(page)
  await expect(editor.check('keys.kid')).toHaveAttribute('data-status', 'pass')

  await save(page)
  const login = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt: await token() })
  expect(login.status, login.text).toBe(200)

  // As it was saved, so it comes back.
  await page.reload()
  await expect(url).toHaveValue(issuer.jwksUrl)
  await expect(editor.keys('JWKS URL')).toBeChecked()
  await paste(editor.token, await token())
  await expectAccepted(page)
})

test('a private key pasted in place of a certificate is wiped, and said so', async ({
  dashboard: page,
  installation,
}) => {
  await openEditor(page, await installation.identity('wrong half'))
  await openCaCertificate(page)
  const caCert = page.getByLabel('Certificates in PEM')
  const alarm = page.getByRole('alert').filter({ hasText: 'That was a private key' })
  for (const before of ['', authority.cert]) {
    await caCert.fill(before)
    await paste(caCert, authority.key)
    await expect(alarm).toBeVisible()
    await expect(caCert).toHaveValue('')
    await expect(caCert).toBeVisible()
    await alarm.getByRole('button', { name: 'Understood' }).click()
  }
})

test('a source that stops answering is reported as unreachable, and the verdict refuses', async ({
  dashboard: page,
  installation,
}) => {
  const editor = await openEditor(page, await installation.identity('unreachable'))
  await issuer.stop()
  await page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')).fill(issuer.jwksUrl)
  await page.getByRole('button', { name: 'Fetch keys now' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible()
  await paste(editor.token, await token())
  await expect(editorOf(page).verdict).toContainText(/^Refused · /)
  await expect(editor.check('keys.source')).toHaveAttribute('data-status', 'fail')
  await expect(editor.check('keys.source')).toContainText('cannot be reached')
})
