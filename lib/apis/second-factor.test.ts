import { expect, test } from 'vitest'
import { apis } from '@/lib/apis'

test('a person who must set up a second factor first may do nothing else', () => {
  const allowed = apis.flatMap(({ operations }) =>
    Object.values(operations)
      .filter(({ withoutSecondFactor }) => withoutSecondFactor)
      .map(({ method, path }) => `${method} ${path}`),
  )
  expect(allowed.sort()).toEqual([
    'DELETE /api/admin/session',
    'GET /api/admin/account',
    'GET /api/admin/session',
    'POST /api/admin/account/passkeys',
    'POST /api/admin/account/passkeys/options',
    'POST /api/admin/account/second-factor',
    'PUT /api/admin/account/second-factor',
  ])
})
