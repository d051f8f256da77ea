import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import type { Db } from '@/lib/db/client'
import { loginStoreOf, setLoginStore } from '@/lib/db/login-store/stores'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import { createTrust } from '../trust/create-trust'
import { loginByIssuer } from './login-by-issuer'

const service = useService()

test('an issuer that is switched off while a token is judged by it issues nothing for that token', async () => {
  const { ctx: admin } = await service.person('admin')
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const issuer = 'https://issuer.example'
  const keys = [{ kind: 'static-pem' as const, pem: await exportSPKI(publicKey) }]
  const { id, version } = await createTrust(admin, toIssuerDraft({ issuer, keys }, { project: 'p' }))
  const now = admin.now().getTime() / 1000
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setExpirationTime(now + 60)
    .sign(privateKey)

  const store = loginStoreOf(service.db)
  let isFirst = true
  const racing = { signingKey: service.db.signingKey } as unknown as Db
  setLoginStore(racing, {
    ...store,
    async issuers(...asked) {
      const found = await store.issuers(...asked)
      if (isFirst) await service.db.trust.update({ where: { id }, data: { enabled: false, version: version + 1 } })
      isFirst = false
      return found
    },
  })
  const ctx = { ...service.context({ kind: 'anonymous' }), db: racing }
  expect(await loginByIssuer(ctx, { token })).toMatchObject({ accepted: false, check: { reason: 'issuer_not_found' } })
  expect(await service.db.accessToken.count({ where: { trustId: id } })).toBe(0)

  await service.db.trust.update({ where: { id }, data: { enabled: true } })
  expect(await loginByIssuer(service.context({ kind: 'anonymous' }), { token })).toMatchObject({ accepted: true })
})
