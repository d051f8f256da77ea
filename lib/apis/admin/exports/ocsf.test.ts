import { expect, test } from 'vitest'
import { toOcsf } from './ocsf'

const at = new Date('2026-06-01T12:00:00Z')
const row = {
  ...{ id: 'req-AAAAAAAAAAAAAA', at, organizationId: 'o', identityId: 'i', identityName: 'deployer', trustId: 't' },
  ...{ trustVersion: 3, method: 'oidc', accepted: true, checkId: null, reason: null, message: 'Accepted.' },
  ...{ issuer: 'https://issuer.example', subject: 'job', tokenSha256: 'ab', accessTokenId: 'a', ip: '192.0.2.1' },
  ...{ userAgent: 'ci/1.0', repeats: null, lastAt: null },
}

// https://schema.ocsf.io/1.3.0/classes/authentication: the required members and the values of its enumerations.
test('an accepted login is a successful logon of the class Authentication', () => {
  expect(toOcsf(row)).toMatchObject({
    ...{ class_uid: 3002, category_uid: 3, activity_id: 1, type_uid: 3002 * 100 + 1, severity_id: 1, status_id: 1 },
    ...{ time: at.getTime(), user: { uid: 'i', name: 'deployer' }, src_endpoint: { ip: '192.0.2.1' } },
    metadata: { version: '1.3.0', uid: 'req-AAAAAAAAAAAAAA', product: { vendor_name: 'Keybound' } },
  })
})

test('refusals that were counted together are one event with their number and time', () => {
  const lastAt = new Date('2026-06-01T12:30:00Z')
  const refused = { ...row, accepted: false, reason: 'token_expired', checkId: 'time.exp', repeats: 376, lastAt }
  expect(toOcsf(refused)).toMatchObject({
    ...{ status_id: 2, status_code: 'token_expired', count: 377 },
    ...{ start_time: at.getTime(), end_time: lastAt.getTime() },
  })
})

// The constraints at_least_one of the class (service, dst_endpoint) and of the object user (account, name, uid).
test.each([
  ['an identity', {}, 'deployer'],
  ['a trust without an identity', { identityId: null, identityName: null }, 'job'],
  ['a token without a subject', { identityId: null, identityName: null, subject: null }, 'Unknown'],
  ['an empty subject', { identityId: null, identityName: null, subject: '' }, 'Unknown'],
])('the event of %s names the service and a user', (_, without, name) => {
  expect(toOcsf({ ...row, ...without })).toMatchObject({ service: { name: 'Keybound' }, user: { name } })
})
