import { describe, expect, test } from 'vitest'
import { maskClaim, maskClaims } from './mask-claims'

const person = 'Ada Lovelace'

describe('a claim about a person is masked, however its name is written', () => {
  test.each([
    ...['name', 'displayName', 'display_name', 'Display-Name', 'givenName', 'FAMILY_NAME', 'firstname', 'lastName'],
    ...['email_address', 'emailAddress', 'workEmail', 'primary-email', 'mail', 'phoneNumber', 'phone_number', 'mobile'],
    ...[
      'preferred_username',
      'preferredUsername',
      'userPrincipalName',
      'upn',
      'birthdate',
      'date_of_birth',
      'street_address',
    ],
    ...[
      'family_name#ja-Kana-JP',
      'given_name#en',
      'mobileNumber',
      'private_mobile',
      'urn:oid:2.5.4.42',
      'urn:oid:2.5.4.4',
    ],
    ...['custom:email', 'https://example.com/displayName', 'user.fullName', '/user/nickname'],
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  ])('%s', (name) => {
    expect(maskClaim(name, person)).toBe('A•••')
    expect(maskClaims({ outer: { [name]: [person] } })).toEqual({ outer: { [name]: '[masked]' } })
  })
})

describe('a value is masked by its look, whatever it is called', () => {
  test.each([
    ['ada@example.com', 'a•••@example.com'],
    ['user:ada@example.com', 'user:a•••@example.com'],
    ['ada%40example.com', 'a•••@example.com'],
    ['Ada <ada.l@mail.example.org>', 'Ada <a•••@mail.example.org>'],
    ['Ünï@exämple.de', 'Ü•••@exämple.de'],
    ['+49 170 1234567', '+49•••'],
    ['tel:+491701234567', 'tel•••'],
    ['(555) 123-4567', '(55•••'],
    ['203.0.113.7', '203.0.•••'],
    ['2001:db8::1', '2001.db8.•••'],
    ['203.0.113.7:443', '203.0.•••'],
    ['[2001:db8::1]:443', '2001.db8.•••'],
    ['203.0.113.7, 198.51.100.1', '203.0.•••, 198.51.•••'],
    ['https://ada:secret@host.example/', '[masked]'],
    [`Bearer ${'x'.repeat(20)}`, '[masked]'],
    [`token=ghp_${'x'.repeat(20)}`, '[masked]'],
    ['-----BEGIN CERTIFICATE-----', '[masked]'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', '[masked]'],
  ])('%s', (value, kept) => {
    expect(maskClaim('sub', value)).toBe(kept)
    expect(maskClaims({ groups: ['a', value] })).toEqual({ groups: ['a', kept] })
  })
  test('also as the name of a member', () => {
    expect(maskClaims({ 'ada@example.com': true, 'ann@example.com': 1 })).toEqual({
      'a•••@example.com': true,
      'a•••@example.com (1)': 1,
    })
  })
  test('and at the end of what is kept of a long text', () => {
    const text = `${'x'.repeat(250)} ada@example.com ${'x'.repeat(2_000)}`
    expect(maskClaim('note', text)).not.toContain('ada')
  })
})

test.each(['jku', 'x5u', 'x5c', 'jwk'])('the header member %s is not kept', (name) => {
  expect(maskClaims({ [name]: ['https://user.example/key'] })).toEqual({ [name]: '[masked]' })
})

test.each(['accessToken', 'client_secret', 'apiKey', 'private-key', 'refresh_token', 'Passwords', 'Authorization'])(
  'what is called a secret (%s) is not kept',
  (name) => expect(maskClaim(name, { a: 'hunter2' })).toBe('[masked]'),
)

test('what machines say of themselves is kept', () => {
  const claims = {
    sub: 'repo:acme/app:ref:refs/heads/main',
    job_workflow_ref: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
    action: 'actions/checkout@v4.1.2',
    aud: ['https://keybound.example'],
    run_id: '1234567890',
    version: '1.2.3',
    range: '10.0.0.0/8',
    node: '203.0.113.7/build 4',
    'urn:oid:2.5.4.10': 'Acme',
    email_verified: true,
    token_use: 'id',
    spiffe: 'spiffe://example.org/ns/prod/sa/web',
    'kubernetes.io': { namespace: 'prod', pod: { uid: 'f4b6a0de-1b7e-4b0a-9d6a-0d2f6f1f7a11' } },
    exp: 1_800_000_000,
    __proto__x: null,
  }
  expect(maskClaims(claims)).toEqual(claims)
})

test('the work is linear in the text', () => {
  for (const text of ['a'.repeat(200_000), 'a.'.repeat(100_000), '@'.repeat(200_000), 'a@'.repeat(100_000)])
    expect(String(maskClaim('note', text)).length).toBeLessThan(400)
})

test('a text is masked or shown each time it comes', () => {
  for (const text of ['acme/payments', 'ada@example.com', '203.0.113.7', 'ghp_0123456789abcdef']) {
    const first = maskClaim('x', text)
    expect(first === text).toBe(text === 'acme/payments')
    expect(maskClaim('x', text)).toBe(first)
  }
})
