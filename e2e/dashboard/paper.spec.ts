import { expect, test } from '../fixtures/test'
import { settled, walk } from './accessibility'
import { inhabited, pem } from './inhabited'

test('paper has the exact time and no navigation, and a decision, a change, a review and the posture are a page each', async ({
  dashboard: page,
  installation,
}) => {
  const { reqId } = await inhabited(installation, 'on paper')
  await page.goto(`/activity/${reqId}`)
  await settled(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Go anywhere' }).first()).toBeHidden()
  await expect(page.locator('main time').first()).toHaveText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
  await expect(page.locator('main time').first()).not.toContainText('ago', { useInnerText: true })

  await page.emulateMedia({ media: null })
  const jwtAuth = `/api/v1/auth/jwt-auth/identities/${await installation.identity('changed')}`
  const bound = { boundIssuer: 'https://issuer.example', boundAudiences: 'keybound', boundSubject: 'build-agent' }
  await installation.api.post(jwtAuth, { configurationType: 'static', publicKeys: [pem], ...bound })
  expect((await installation.api.patch(jwtAuth, { boundSubject: 'build-*', accessTokenTTL: 600 })).status).toBe(200)
  const { body: changes } = await installation.api.get('/api/admin/audit?action=trust.updated&limit=1')
  const { body: created } = await installation.api.get('/api/admin/audit?action=trust.created&limit=1')
  const scope = { kinds: ['identity', 'trust'], onlyWide: false }
  const asked = { name: 'On paper', dueAt: new Date(Date.now() + 86_400_000).toISOString(), reviewers: [], scope }
  const { body: review } = await installation.api.post('/api/admin/reviews', asked)
  const paths = [
    `/audit/${changes.entries[0].id}`,
    `/audit/${created.entries[0].id}`,
    `/reviews/${review.id}`,
    '/posture',
    `/activity/${reqId}`,
  ]
  await walk(page, paths, async (path) => {
    for (const format of ['A4', 'Letter']) expect(pagesOf(await page.pdf({ format })), `${path}, ${format}`).toBe(1)
  })
})

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
