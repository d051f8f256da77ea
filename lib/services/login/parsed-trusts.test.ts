import { expect, test } from 'vitest'
import { toTrustColumns } from '@/lib/db/trust-row'
import { jwtAuth } from '@/lib/trust/kinds'
import { TrustDraft } from '@/lib/trust/trust'
import { parsedTrust } from './parsed-trusts'

const at = new Date('2026-06-01T12:00:00Z')

/** A stored trust. @param name as long as the row is to be */
function row(id: string, name = 'deploys') {
  const keys = [{ kind: 'jwks-url', url: 'https://issuer.example/keys' }]
  const draft = TrustDraft.parse({ kind: jwtAuth.kind, name: 'deploys', keys })
  const columns = { ...toTrustColumns(draft), name }
  return { ...columns, id, organizationId: 'o', version: 1, sequence: null, createdAt: at, updatedAt: at }
}

test('four thousand trusts that are used in turn are parsed once each', () => {
  const rows = Array.from({ length: 4_000 }, (_, index) => row(`in-turn-${index}`))
  const first = rows.map(parsedTrust)
  const again = rows.map((one) => parsedTrust({ ...one }))
  expect(again.every((trust, index) => trust === first[index])).toBe(true)
})

test('a row that was changed is parsed again, also where its version is what it was', () => {
  const before = parsedTrust(row('changed'))
  const after = parsedTrust({ ...row('changed'), enabled: false })
  expect(after).not.toBe(before)
  expect([before.enabled, after.enabled]).toEqual([true, false])
})

test('long rows put others out, so that what is kept has an end', () => {
  const kept = row('short')
  const before = parsedTrust(kept)
  for (let index = 0; index < 20; index++) parsedTrust(row(`long-${index}`, 'x'.repeat(500_000)))
  expect(parsedTrust({ ...kept })).not.toBe(before)
})
