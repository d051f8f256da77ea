import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { expect, test } from '../fixtures/test'
import { expectAccepted, expectRefused, openEditor, paste, save } from './editor'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** A token of a job of GitHub, on a branch of its own. */
const token = (branch: string) => {
  const claims = JSON.stringify(sampleClaims(github, { now: Math.floor(Date.now() / 1000), audience: 'keybound' }))
  return new SignJWT(JSON.parse(claims.replaceAll('refs/heads/main', `refs/heads/${branch}`)))
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)
}

test('rules are proposed from two tokens, with the strangers of each before it is taken, and accept both', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const identityId = await installation.identity('proposals')
  const editor = await openEditor(page, identityId)
  await editor.keys('Static keys').click()
  await editor.pem.fill(pem)
  const [one, other] = [await token('release/1'), await token('release/2')]
  await paste(editor.token, one)
  await page.getByText('Propose rules from this token').click()
  const tightest = page.getByRole('region', { name: 'The tightest rules that accept these' })
  await expect(tightest).toContainText('repository_id')
  await expect(tightest).toContainText(/No stranger of \d+ gets in/)

  await paste(page.getByRole('textbox', { name: 'Second token' }), other)
  const patterns = page.getByRole('region', { name: 'What varies as a pattern' })
  await expect(patterns).toContainText('refs/heads/release/*')
  await expect(patterns).toContainText(/stranger/)
  await expect(tightest).toContainText('refs/heads/release/2')
  await tightest.getByRole('button', { name: 'Take these rules' }).click()
  await expectAccepted(page)

  await editor.forget.click()
  await paste(editor.token, await token('main'))
  await expectRefused(page, 'sub', 'claim:workflow_ref', 'claim:job_workflow_ref')
  await editor.forget.click()
  await paste(editor.token, other)
  await expectAccepted(page)
  await save(page)
  const login = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt: other })
  expect(login.status, login.text).toBe(200)
})
