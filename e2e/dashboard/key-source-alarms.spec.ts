import { expect, test } from '../fixtures/test'
import { openPage } from './go-to'
import { attach, useIssuer, viewOf } from './key-source-view'

const peer = useIssuer()

test('an alarm is on the page, in the list and in the navigation, until its cause is gone', async ({
  dashboard: page,
  installation,
}) => {
  const view = viewOf(page)
  const issuer = peer.current
  await attach(installation, issuer, 'alarmed')
  await issuer.stop()
  await page.goto('/key-sources')
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await view.fetchNow.click()
  await expect(page.getByText('No token can be verified with this source')).toBeVisible()
  await expect(page.getByText('Fails; no keys')).toBeVisible()
  const alarms = view.section('Alarms')
  await expect(alarms.getByRole('listitem')).toHaveCount(1)
  await expect(alarms).toContainText('Critical')
  await expect(alarms).toContainText('has never given keys')

  await openPage(page, '/key-sources')
  await expect(view.rowOf(issuer.jwksUrl)).toContainText('1 alarm')
  await expect(alarms).toContainText(issuer.jwksUrl)
  const entry = page
    .getByRole('navigation')
    .getByRole('link', { name: /Key sources/ })
    .first()
  await expect(entry).toHaveAccessibleName(/1 alarm/)

  await issuer.listen()
  issuer.rotate()
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await view.fetchNow.click()
  await expect(page.getByText('Answers', { exact: true })).toBeVisible()
  await expect(alarms).toBeHidden()
  await openPage(page, '/key-sources')
  await expect(view.rowOf(issuer.jwksUrl)).not.toContainText('alarm')
  await expect(entry).not.toHaveAccessibleName(/alarm/)
})

test('a member who may only read sees everything and cannot fetch', async ({ page, context, installation }) => {
  const issuer = peer.current
  issuer.rotate({ kid: '2026-a' })
  await attach(installation, issuer, 'read only')
  const person = { email: 'rita@example.com', password: 'correct horse battery staple' }
  const made = await installation.api.post('/api/admin/members', { ...person, name: 'Rita', role: 'auditor' })
  expect(made.status, made.text).toBe(201)
  await installation.signIn(context, person)
  const view = viewOf(page)
  await page.goto('/key-sources')
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await expect(view.section('Used by').getByRole('listitem')).toHaveCount(1)
  await expect(view.fetchNow).toHaveCount(0)
})
