import { expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import { knownPostures } from '../posture/known-postures'
import { enterStaticIssuers, holdStaticIssuers } from './static-issuers'

const service = useService()

test('a process that runs already learns of every change of a static issuer, so its posture is of now', async () => {
  const { db, organizationId } = service
  const ctx = service.context({ kind: 'anonymous' })
  const enter = async (...urls: string[]) => {
    const issuers = urls.map((url) =>
      toIssuerDraft(
        { issuer: 'https://static.example', keys: [{ kind: 'jwks-url', url, caCert: '' }] },
        { project: 'p', internal: false, static: true },
      ),
    )
    holdStaticIssuers({ issuers, isStatic: () => true })
    await db.$transaction((tx) => enterStaticIssuers(tx, ctx, organizationId))
    const { trusts } = await knownPostures(db, organizationId)
    return [...trusts.values()].map(({ version }) => version)
  }
  expect(await enter('https://static.example/a')).toEqual([1])
  expect(await enter('https://static.example/b')).toEqual([2])
  expect(await enter('https://static.example/b')).toEqual([2])
  expect(await enter()).toEqual([])
})
