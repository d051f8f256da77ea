import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { editorOf, fillKey, openEditor } from './editor'

const signer = createIssuer()
const path = '/api/admin/caught-tokens'

test('a token that the workload sends to the inbox of a draft shows live, without its signature, and there is no second one', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const editor = await openEditor(page, await installation.identity('caught'))
  await editor.keys('Static keys').click()
  await fillKey(page, signer.pem, 'EC P-256')
  await editor.issuer.fill('https://issuer.example')
  await page.getByRole('button', { name: 'Catch a token' }).click()
  const state = page.getByRole('status', { name: 'Caught token' })
  await expect(state).toContainText('Waiting for a token')
  const command = await page.getByRole('region', { name: 'Catch a token' }).locator('code, pre').last().textContent()
  const inbox = /\\"inbox\\":\\"([A-Za-z0-9_-]{43})\\"/.exec(command ?? '')?.[1]
  expect(inbox).toBeDefined()

  const bodies: string[] = []
  page.on('response', async (response) => void bodies.push(await response.text().catch(() => '')))
  const token = signer.token({ team: 'payments' })
  expect((await installation.anonymous.post(path, { inbox, token })).status).toBe(204)
  await expect(state).toContainText('The draft accepts it')
  await expect(page.getByRole('list', { name: 'Checks of the caught token' })).toContainText('Passed')
  await expect(editor.claimsTable).toContainText('payments')
  await expect(editorOf(page).token).toHaveValue(/^[^.]+\.[^.]+\.$/)
  expect(bodies.join()).not.toContain(token.split('.')[2])

  expect((await installation.anonymous.post(path, { inbox, token })).status).toBe(409)
  const claim = editor.claimsTable.getByRole('button', { name: 'Bind team', exact: true })
  await claim.click()
  await expect(editor.claims.getByRole('textbox').first()).toHaveValue('team')

  // What is no token takes the inbox as well; another one is a click away.
  const region = page.getByRole('region', { name: 'Catch a token' })
  await region.getByRole('button', { name: 'Catch another' }).click()
  await expect(state).toContainText('Waiting for a token')
  const next = await region.locator('code, pre').last().textContent()
  const second = /\\"inbox\\":\\"([A-Za-z0-9_-]{43})\\"/.exec(next ?? '')?.[1]
  expect(second).not.toBe(inbox)
  expect((await installation.anonymous.post(path, { inbox: second, token: 'ghs_none' })).status).toBe(204)
  await expect(state).toContainText('The draft refuses it')
  await expect(region).toContainText('It holds no claims')
  await expect(region).not.toContainText('The box above has')
})
