import { expect, test } from '../fixtures/test'
import { expectNoFindings } from './accessibility'
import { openPage } from './go-to'

test('all live tokens of an identity are revoked after a question, those of others go on, and it is on record', async ({
  dashboard: page,
  installation: { api, anonymous, identity },
}) => {
  const issued = async (name: string) => {
    const id = await identity(name)
    const path = `/api/v1/auth/token-auth/identities/${id}`
    expect((await api.post(path, {})).status).toBe(200)
    const tokens: string[] = []
    for (let n = 0; n < 2; n++) tokens.push((await api.post(`${path}/tokens`, {})).body.accessToken)
    return { id, tokens }
  }
  const [leaked, other] = [await issued('leaked agent'), await issued('other agent')]
  const works = async (token: string) => {
    const renewed = await anonymous.post('/api/v1/auth/token/renew', { accessToken: token })
    return renewed.status === 200
  }

  await page.goto(`/identities/${leaked.id}?tab=tokens`)
  await page.getByRole('button', { name: 'Revoke all', exact: true }).click()
  const question = page.getByRole('alertdialog', { name: 'Revoke all live tokens of this identity?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  for (const token of leaked.tokens) expect(await works(token)).toBe(true)

  await page.getByRole('button', { name: 'Revoke all', exact: true }).click()
  await expectNoFindings(page, 'the question before all tokens are revoked')
  await question.getByRole('button', { name: 'Revoke all' }).click()
  await expect(page.getByText('2 tokens revoked')).toBeVisible()
  await expect(page.getByText('Revoked', { exact: true })).toHaveCount(2)
  for (const token of leaked.tokens) expect(await works(token)).toBe(false)
  for (const token of other.tokens) expect(await works(token)).toBe(true)

  await openPage(page, '/audit')
  await expect(page.getByText('All access tokens revoked').first()).toBeVisible()
})
