import { expect, test } from '../fixtures/test'
import { editorOf, expectAccepted, openEditor, save } from './editor'

/** What each button breaks, and the check that must catch it. */
const breakages = {
  Expired: 'exp',
  'Wrong audience': 'aud',
  'Wrong issuer': 'iss',
  'Another key': 'signature',
  'Tampered claims': 'signature',
  'alg: none': 'header.alg',
  'HS256 with the public key': 'header.alg',
  'Not valid yet': 'nbf',
  'No audience': 'aud',
  'A claim twice': 'claims.json',
  Padded: 'token.shape',
}

test('a newcomer without an issuer sees a test token accepted, breaks it, and logs in with it', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('newcomer')
  const editor = await openEditor(page, identityId)
  await page.getByRole('button', { name: 'Test issuer' }).click()

  // Its public key stands in the form, marked, and its token is judged at once.
  const issuer = page.getByRole('region', { name: 'Test issuer' })
  await expect(issuer.getByRole('note').filter({ hasText: 'TEST issuer' })).toBeVisible()
  await expect(editor.keys('Static keys')).toBeChecked()
  await expect(editor.pem).toHaveValue(/TEST KEY[\s\S]*-----BEGIN PUBLIC KEY-----/)
  await expect(page.getByText('TEST key', { exact: true })).toBeVisible()
  await expectAccepted(page)

  // Bind what it says, so that there is something to break.
  for (const claim of ['iss', 'aud', 'sub']) {
    await editor.claimsTable.getByRole('button', { name: `Bind ${claim}`, exact: true }).click()
  }
  await expectAccepted(page)
  const accepted = await editor.token.inputValue()

  for (const [name, check] of Object.entries(breakages)) {
    const button = issuer.getByRole('button', { name, exact: true })
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true')
    await expect(editor.verdict).toContainText(/^Refused · /)
    await expect(editor.check(check)).toHaveAttribute('data-status', 'fail')
    await expect(editor.token).not.toHaveValue(accepted)
    await issuer.getByRole('button', { name: 'Mend it' }).click()
    await expectAccepted(page)
  }

  // Its claims may be edited; the token is signed anew.
  const claims = issuer.getByLabel('Claims of the test token')
  const text = await claims.inputValue()
  await claims.fill(text.replace('test-machine', 'another-machine'))
  await expect(editor.verdict).toContainText(/^Refused · /)
  await expect(editor.check('sub')).toHaveAttribute('data-status', 'fail')
  await claims.fill('{')
  await expect(claims).toHaveAttribute('aria-invalid', 'true')
  await claims.fill(text)
  await expectAccepted(page)

  // Saving says that a test key is among the keys; the login believes it.
  const review = await save(page)
  expect(review).toContain('This trust holds a TEST key')
  const jwt = await editorOf(page).token.inputValue()
  const login = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })
  expect(login.status, login.text).toBe(200)

  // Each later visitor sees what kind of key it is.
  await page.reload()
  await expect(page.getByText('TEST key', { exact: true })).toBeVisible()
  await expect(
    page.getByText(/^The person who made it can log in as this identity until \d{4}-\d\d-\d\d/),
  ).toBeVisible()
})

test('the private key of the test issuer never leaves the tab', async ({ dashboard: page, installation }) => {
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`))
  const editor = await openEditor(page, await installation.identity('private half'))
  await page.getByRole('button', { name: 'Test issuer' }).click()
  await expectAccepted(page)
  const token = await editor.token.inputValue()
  await save(page)
  for (const body of bodies) {
    expect(body).not.toMatch(/PRIVATE KEY|"d":/)
    expect(body).not.toContain(token.split('.')[2])
  }
})
