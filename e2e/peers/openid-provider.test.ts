import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { startOpenIdProvider, webApp } from './openid-provider'
import { createAuthority } from './tls-authority'

test('the provider signs tokens, and with another key after a rotation', async () => {
  const provider = await startOpenIdProvider(createAuthority())
  const before = decodeProtectedHeader(await provider.token())
  const kid = await provider.rotate()
  const after = decodeProtectedHeader(await provider.token())
  expect(before.kid).not.toBe(kid)
  expect(after).toMatchObject({ kid, alg: 'ES256' })
  await provider.stop()
})

test('a person signs in by the authorization code flow, through its pages', async () => {
  const provider = await startOpenIdProvider(createAuthority())
  const claims = decodeJwt(await provider.idToken('grace'))
  expect(claims).toMatchObject({ iss: provider.origin, sub: 'grace', aud: webApp.id })
  await provider.stop()
})
