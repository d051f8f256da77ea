import { expect, test } from '../fixtures/test'
import { applyReview, openEditor, paste, reviewOf } from './editor'
import { audience, githubSubject, githubToken, githubTrust } from './github-job'
import { openPage } from './go-to'

test('a trust that lets strangers in is seen, bound from a token, and widened again only with a reason', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await githubTrust(installation, 'deployer')
  await page.goto('/identities')
  await expect(page.getByRole('row').filter({ hasText: 'deployer' })).toContainText('Critical')

  // An accepted token is no proof that the trust is tight.
  const editor = await openEditor(page, identityId)
  await paste(editor.token, githubToken())
  await expect(editor.verdict).toContainText(/Accepted, and so would be \d+ of \d+ strangers/)
  const finding = page.locator('[data-finding="L01"]')
  await expect(finding).toContainText('do not say who may log in')
  const strangers = page.locator('[data-story][data-admitted="true"]')
  await expect(strangers.first()).toBeVisible()

  // One click binds what the token says; nothing is written before the review.
  await finding.getByRole('button', { name: /^Bind as for/ }).click()
  await expect(page.getByRole('heading', { name: /^0 of \d+ strangers get in$/ })).toBeVisible()
  await expect(finding).toHaveCount(0)
  await expect(editor.verdict).toContainText(/^Accepted( ·|,)/)
  await expect(editor.verdict).not.toContainText('so would be')
  await editor.review.click()
  const review = reviewOf(page)
  await expect(review.dialog).toContainText('It accepts less than before.')
  await expect(review.dialog.getByRole('region', { name: 'Findings gone' })).toContainText(
    'Nothing says who may log in',
  )
  await expect(review.reason).toHaveCount(0)
  await review.save.click()
  await expect(review.dialog).toBeHidden()

  // Wider: the reason is asked for, and goes on record.
  const owner = editor.claims.getByLabel('Value of repository_id')
  await owner.fill(`${await owner.inputValue()}, 42`)
  await editor.review.click()
  await expect(review.dialog).toContainText('It accepts more than before.')
  await expect(review.dialog.getByRole('term').filter({ hasText: 'repository_id' })).toContainText('Wider')
  await expect(review.blocking).toHaveCount(0)
  await review.save.click()
  await expect(review.reason).toBeFocused()
  await expect(review.reason).toHaveAccessibleDescription(/at least 10 characters/)
  await review.reason.fill('The second repository deploys here, too.')
  await review.save.click()
  await expect(review.dialog).toBeHidden()
  const { body } = await installation.api.get('/api/admin/audit?action=trust.updated')
  expect(body.entries[0].reason).toBe('The second repository deploys here, too.')

  await openPage(page, '/identities')
  await expect(page.getByRole('row').filter({ hasText: 'deployer' })).not.toContainText('Critical')
})

test('a trust that was widened while it was disabled is enabled with a reason, which is asked for at once', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await githubTrust(installation, 'asleep', githubSubject())
  const path = `/api/admin/identities/${identityId}/trusts/jwt`
  const { body: stored } = await installation.api.get(path)
  const { issuer, keys, algorithms, lifetime, grant } = stored
  const trust = { issuer, keys, rules: stored.rules, algorithms, lifetime, grant }
  const subject = { path: 'sub', matcher: { kind: 'glob-any', values: [githubSubject(), 'repo:octo-org@1/other@2:*'] } }
  const rules = trust.rules.map((rule: { path: string }) => (rule.path === 'sub' ? { ...rule, ...subject } : rule))
  for (const change of [{ enabled: false }, { enabled: false, rules }]) {
    const saved = await installation.api.put(path, { ...trust, ...change })
    expect(saved.status, saved.text).toBe(200)
  }
  const editor = await openEditor(page, identityId)
  await page.locator('summary').filter({ hasText: 'Advanced' }).click()
  await page.getByRole('switch', { name: /^Accept/ }).click()
  await editor.review.click()
  const review = reviewOf(page)
  await expect(review.dialog).toContainText('that it did not accept when it was last enabled')
  await expect(review.reason).toBeVisible()
  await review.reason.fill('The second repository deploys here, too.')
  await review.save.click()
  await expect(review.dialog).toBeHidden()
  const { body } = await installation.api.get('/api/admin/audit?action=trust.updated')
  expect(body.entries[0].reason).toBe('The second repository deploys here, too.')
})

test('a trust that would let everyone in is set up by keyboard only with a confirmation and a reason', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('wide', { role: 'member' })
  const editor = await openEditor(page, identityId)
  await editor.issuer.fill('https://token.actions.githubusercontent.com')
  await page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')).fill('https://keys.example/jwks')
  await editor.review.click()
  const review = reviewOf(page)
  await expect(review.blocking).toContainText('3 findings block enabling')
  for (const id of ['L01', 'L02', 'L08']) await expect(review.blocking).toContainText(id)
  await expect(review.blocking).toContainText('gets in')

  await review.save.focus()
  await page.keyboard.press('Enter')
  await expect(review.acceptance).toHaveAccessibleDescription(/Tick this/)
  await expect(review.reason).toHaveAttribute('aria-invalid', 'true')
  expect((await installation.api.get(`/api/admin/identities/${identityId}/trusts/jwt`)).status).toBe(404)

  await review.acceptance.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await expect(review.reason).toBeFocused()
  await page.keyboard.type('A trial without anything to lose.')
  await review.save.focus()
  await page.keyboard.press('Enter')
  await expect(review.dialog).toBeHidden()
  const trust = await installation.api.get(`/api/admin/identities/${identityId}/trusts/jwt`)
  const { body } = await installation.api.get(`/api/admin/audit?targetId=${trust.body.id}`)
  expect(body.entries).toMatchObject([
    { overridden: ['L01', 'L02', 'L08'], reason: 'A trial without anything to lose.' },
  ])

  // Narrowed by an audience, it is asked nothing.
  await editor.audiences.fill(audience)
  await editor.audiences.press('Enter')
  expect(await applyReview(page)).toContain('It accepts less than before.')
  await expect(editor.review).toBeDisabled()
})
