import { expect, test } from '../fixtures/test'
import { githubSubject, githubToken, githubTrust } from './github-job'

test('the worst trust leads from the score to its rule; a mute has an end and takes it out of the score', async ({
  dashboard: page,
  installation,
}) => {
  await githubTrust(installation, 'wide')
  await githubTrust(installation, 'tight', githubSubject())
  await page.goto('/posture')
  const trusts = page.getByRole('table', { name: 'Trusts by posture' })
  await expect(trusts.locator('tbody').getByRole('row').first()).toContainText('wide')
  await expect(page.getByText('The worst finding caps the score')).toBeVisible()

  // By severity, then by rule.
  await page
    .getByRole('list', { name: 'Findings by severity' })
    .getByRole('button', { name: /^Critical/ })
    .click()
  await expect(trusts).not.toContainText('tight')
  await page.getByRole('link', { name: /Every customer of the platform may log in/ }).click()
  await expect(page.getByRole('heading', { name: 'Every customer of the platform may log in', level: 1 })).toBeVisible()
  await expect(page.getByText('Blocks enabling')).toBeVisible()
  const having = page.getByRole('table', { name: 'Trusts with L02' })
  await expect(having).toContainText('wide')
  await having.getByRole('link', { name: /wide/ }).click()

  const detail = page.getByRole('dialog', { name: 'wide' })
  const finding = detail.locator('[data-finding="L02"]')
  await finding.locator('summary').click()
  await expect(finding).toContainText('For example')
  await finding.getByRole('button', { name: 'Mute L02' }).click()
  const mute = page.getByRole('dialog', { name: 'Mute L02' })
  await mute.getByRole('button', { name: 'Mute' }).click()
  await expect(mute.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(/at least 10 characters/)
  await mute.getByRole('textbox', { name: 'Reason' }).fill('A trial that ends this week.')
  await mute.getByRole('button', { name: 'Mute' }).click()
  await expect(mute).toBeHidden()
  await expect(finding).toContainText('Muted')
  await expect(finding).toContainText('A trial that ends this week.')
})

test('the panel of a trust gives the focus back to its row, whichever way it is closed; who trusts what is a table and a graph of the same trusts', async ({
  dashboard: page,
  installation,
}) => {
  await githubTrust(installation, 'in a panel')
  await githubTrust(installation, 'mapped', githubSubject())
  await page.goto('/posture')
  const row = page.getByRole('table', { name: 'Trusts by posture' }).getByRole('link', { name: 'in a panel' })
  const panel = page.getByRole('dialog', { name: 'in a panel' })
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => panel.getByRole('button', { name: 'Close' }).click(),
  ]) {
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(panel.locator('[data-finding]').first()).toBeVisible()
    await expect(panel.locator(':focus')).toHaveCount(1)
    await close()
    await expect(panel).toBeHidden()
    await expect(page).not.toHaveURL(/trust=/)
    await expect(row).toBeFocused()
  }

  await page.goto('/posture?tab=map')
  const matrix = page.getByRole('table', { name: 'Who trusts what' })
  const mapped = matrix.getByRole('row').filter({ hasText: 'mapped' })
  await expect(mapped).toContainText('member')
  await expect(matrix.getByRole('rowheader', { name: /GitHub Actions/ })).toBeVisible()
  await page.getByRole('button', { name: 'Show as graph' }).click()
  const graph = page.getByRole('figure', { name: /^Issuers, the trusts/ })
  await expect(graph.getByRole('link', { name: 'mapped' })).toBeVisible()
  await graph.getByRole('link', { name: 'mapped' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'mapped' })).toBeVisible()
})

test('a trust that breaks on a rename accepts the form with ids after one click, and nothing else', async ({
  dashboard: page,
  installation,
}) => {
  const subject = githubSubject('classic')
  const id = await githubTrust(installation, 'old form', subject)
  const login = { identityId: id, jwt: githubToken('classic') }
  const answer = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', login)
  expect(answer.status, answer.text).toBe(200)

  await page.goto('/posture?tab=github-subjects')
  const waiting = page
    .getByRole('region', { name: 'Breaks on rename' })
    .getByRole('listitem')
    .filter({ hasText: 'old form' })
  await expect(waiting).toContainText('1 login')
  await waiting.getByRole('button', { name: 'Accept the form with ids of old form' }).click()
  await expect(page.getByRole('region', { name: 'Ready', exact: true })).toContainText('old form')
  const { body } = await installation.api.get(`/api/admin/identities/${id}/trusts/jwt`)
  expect(body.rules).toMatchObject([
    { path: 'aud' },
    { path: 'sub', matcher: { values: [subject, expect.stringMatching(/^repo:[^/@]+@\d+\/[^:@]+@\d+:/)] } },
  ])
})
