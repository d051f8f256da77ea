import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { paste } from './editor'

const signer = createIssuer()

test('whatever is pasted in place of a token is named, and the page goes on', async ({ dashboard: page }) => {
  await page.goto('/tester')
  const box = page.getByRole('textbox', { name: 'Token', exact: true })
  const forget = page.getByRole('button', { name: 'Forget this token' })
  const main = page.getByRole('main')
  const token = signer.token({ sub: 'agent' })
  const pastes: [text: string, words: string | RegExp][] = [
    ['.'.repeat(50_000), 'No token was found in this text of 50000 characters'],
    [JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }] }), 'This is a set of public keys (JWKS)'],
    [signer.pem, 'This is a PEM block'],
    ['v4.public.eyJzdWIiOiJhIn0cGFzZXRv', 'This is a PASETO'],
    [token.split('.')[1] ?? '', 'This is the claims of a token alone'],
    [`\u200b${token.slice(0, 30)}\u200b${token.slice(30)}`, 'Characters that are not seen were removed'],
    ['PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nAAAA', 'This was a private key'],
  ]
  for (const [text, words] of pastes) {
    await paste(box, text)
    await expect(main).toContainText(words)
    if (await forget.isVisible()) await forget.click()
    await expect(box).toHaveValue('')
  }
  await paste(box, signer.pem)
  await expect(box).toHaveValue(signer.pem.trim())
})
