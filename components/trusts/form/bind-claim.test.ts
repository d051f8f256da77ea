import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BindWay } from '@/lib/trust/bind-way'
import { type ClaimValue, findClaim } from '@/lib/trust/claims'
import type { JsonObject } from '@/lib/trust/json/json'
import { claimMatches } from '@/lib/trust/matchers'
import { views } from '../kinds'
import { bindClaim, readdressClaim } from './bind-claim'
import { judgeTrustForm } from './judge-trust-form'
import { emptyTrustForm } from './trust-form'
import type { TrustFormValues } from './values'

const bound = (values: TrustFormValues, path: string, claim: ClaimValue, claims?: JsonObject) =>
  bindClaim(views[values.kind].form, values, path, claim, claims)

const bind = (path: string, value: string | number | boolean | bigint | string[]) => {
  const values = emptyTrustForm(views.jwt.form)
  const binding = bound(values, path, value)
  if (!binding.ok) throw new Error(binding.problem)
  return { ...values, ...binding.changed }
}

test('issuer, audience and subject go to their own fields, other claims to a row', () => {
  expect(bind('iss', 'https://a.example').issuer).toBe('https://a.example')
  expect(bind('aud', 'keybound').audiences).toEqual(['keybound'])
  expect(bind('sub', 'repo:a/b').subject).toBe('repo:a/b')
  expect(bind('run', 7).claims).toEqual([{ key: 'run', value: '7' }])
  expect(bind('ok', false).claims).toEqual([{ key: 'ok', value: 'false' }])
})

test('an issuer allows the roles and permissions of a token beside those it allowed', () => {
  const values = { ...emptyTrustForm(views.issuer.form), roles: ['admin'], prm: '8' }
  expect(bound(values, 'roles', ['admin', 'reader'])).toMatchObject({ changed: { roles: ['admin', 'reader'] } })
  expect(bound(values, 'prm', 9223372036854775808n)).toMatchObject({ changed: { prm: '9223372036854775816' } })
  // A mask of 0 would allow everything.
  expect(bound(values, 'prm', 0)).toMatchObject({ ok: false })
  expect(bound(values, 'prm', 'many')).toMatchObject({ ok: false })
})

test('an audience that is compared letter for letter is bound letter for letter', () => {
  expect(bound(emptyTrustForm(views.issuer.form), 'aud', 'a*')).toMatchObject({ changed: { audiences: ['a*'] } })
})

test('binding a claim again replaces its row instead of adding a second', () => {
  const values = { ...emptyTrustForm(views.jwt.form), claims: [{ key: 'ref', value: 'main' }] }
  const binding = bound(values, 'ref', 'dev')
  expect(binding).toMatchObject({ ok: true, changed: { claims: [{ key: 'ref', value: 'dev' }] } })
})

test('what is accepted as well is added, whatever was accepted before, and what replaces leaves nothing else', () => {
  const path = fc.constantFrom('sub', 'aud', 'ref')
  const text = fc.string({ unit: fc.constantFrom(...'ab*?[]{},!\\ /.-'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(path, text, text, text, (name, first, second, third) => {
      const bindTo = (values: TrustFormValues, value: string, how: 'add' | 'replace') => {
        const binding = bindClaim(views.jwt.form, values, name, value, null, how)
        if (!binding.ok) throw new Error(binding.problem)
        return { ...values, ...binding.changed }
      }
      const one = bindTo(emptyTrustForm(views.jwt.form), first, 'replace')
      const accepts = (values: TrustFormValues, value: string) => {
        const { rules } = judgeTrustForm(views.jwt.form, values).policy
        return rules.length === 1 && claimMatches(rules[0]!.matcher, value)
      }
      const all = bindTo(bindTo(one, second, 'add'), third, 'add')
      for (const value of [first, second, third]) expect(accepts(all, value)).toBe(true)
      const other = bindTo(all, second, 'replace')
      expect(accepts(other, second)).toBe(true)
      expect(accepts(other, first)).toBe(first === second)
    }),
  )
})

test('any bound text is accepted and its neighbours are not', () => {
  const path = fc.constantFrom('sub', 'aud', 'ref', 'https://x.example/y')
  const text = fc
    .array(fc.constantFrom(...'ab*?[]{},!\\() /.-+|@'), { minLength: 1, maxLength: 10 })
    .map((letters) => letters.join(''))
  fc.assert(
    fc.property(path, text, (name, value) => {
      const { policy } = judgeTrustForm(views.jwt.form, bind(name, value))
      expect(policy.rules).toHaveLength(1)
      const [rule] = policy.rules
      const claim = findClaim({ [name]: value }, rule!.path)
      expect(claimMatches(rule!.matcher, claim!)).toBe(true)
      for (const other of [`${value}a`, `a${value}`, value.slice(1), value.replace(/[*?]/, 'b')]) {
        if (other !== value) expect(claimMatches(rule!.matcher, other)).toBe(false)
      }
    }),
  )
})

test('a claim of a type that no trust accepts is not bound, and it is said why', () => {
  const values = emptyTrustForm(views.jwt.form)
  expect(bound(values, 'sub', 12345, { sub: 12345 })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/a number where text is wanted/),
  })
  // The element is text, and the list is refused all the same.
  expect(bound(values, 'aud', 'a', { aud: ['a', 7] })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/element 2 is a number/),
  })
  expect(bound(values, 'iss', true, { iss: true })).toMatchObject({ ok: false })
})

test('a binding under which the token would still be refused is none', () => {
  const values = { ...emptyTrustForm(views.jwt.form), audiences: ['!keybound'] }
  expect(bound(values, 'aud', 'keybound', { aud: 'keybound' })).toMatchObject({ ok: false })
  expect(bound(values, 'run', 7, { run: 7 })).toMatchObject({ ok: true })
})

test('a value with a comma becomes a row, with the comma escaped', () => {
  expect(bind('dn', 'CN=a,O=b').claims).toEqual([{ key: 'dn', value: 'CN=a\\,O=b' }])
  const { policy } = judgeTrustForm(views.jwt.form, bind('dn', 'CN=a,O=b'))
  expect(policy.rules[0]).toMatchObject({ path: 'dn', matcher: { values: ['CN=a,O=b'] } })
})

test('a rule moves to the address under which the token has the claim', () => {
  const values = { ...emptyTrustForm(views.jwt.form), claims: [{ key: 'kubernetes.io.namespace', value: 'prod' }] }
  const moved = readdressClaim(values, 'kubernetes.io.namespace', '/kubernetes.io/namespace')
  expect(moved).toMatchObject({ ok: true, changed: { claims: [{ key: '/kubernetes.io/namespace', value: 'prod' }] } })
  const taken = { ...values, claims: [...values.claims, { key: '/kubernetes.io/namespace', value: 'x' }] }
  expect(readdressClaim(taken, 'kubernetes.io.namespace', '/kubernetes.io/namespace')).toMatchObject({ ok: false })
  expect(readdressClaim(values, 'gone', 'x')).toMatchObject({ ok: false })
})

test('an object and an empty text cannot be bound, and it is said why', () => {
  expect(bound(emptyTrustForm(views.jwt.form), 'a', { b: 1 })).toMatchObject({ ok: false })
  expect(bound(emptyTrustForm(views.jwt.form), 'a', '')).toMatchObject({ ok: false })
})

describe('ways to bind', () => {
  const by = (values: TrustFormValues, path: string, claim: ClaimValue, how: BindWay) => {
    const binding = bindClaim(views[values.kind].form, values, path, claim, { [path]: claim } as JsonObject, how)
    return binding.ok ? { ...values, ...binding.changed } : binding.problem
  }
  const empty = () => emptyTrustForm(views.jwt.form)

  test('exists: the claim must be there, whatever it says, in place of what was required of it', () => {
    const before = { ...empty(), claims: [{ key: 'env', value: 'main' }], subject: 'me' }
    for (const claim of ['prod', 7, ['x']]) {
      const values = by(before, 'env', claim as ClaimValue, 'exists')
      expect(values).toMatchObject({ claims: [], subject: 'me' })
      const rules = judgeTrustForm(views.jwt.form, values as TrustFormValues).policy.rules
      expect(rules).toContainEqual({ path: 'env', matcher: { kind: 'exists' }, whenAbsent: 'refuse' })
    }
  })

  test('exists: of an issuer or an audience it would say nothing', () => {
    for (const path of ['iss', 'aud']) expect(by(empty(), path, 'x', 'exists')).toContain('does not say')
  })

  test('pattern: the last part is left open, and what was a wildcard character in the value is none', () => {
    expect(by(empty(), 'sub', 'repo:acme/app:ref:refs/heads/main', 'pattern')).toMatchObject({
      subject: 'repo:acme/app:ref:refs/heads/*',
    })
    const values = by(empty(), 'path', 'a*b:c', 'pattern') as TrustFormValues
    const [rule] = judgeTrustForm(views.jwt.form, values).policy.rules
    expect(claimMatches(rule!.matcher, 'a*b:other')).toBe(true)
    expect(claimMatches(rule!.matcher, 'axb:other')).toBe(false)
    expect(by(empty(), 'sub', 'deployer', 'pattern')).toContain('Bind it exactly')
  })

  test('beside those accepted: where nothing is required of a claim yet, it is the one value', () => {
    expect(by(empty(), 'ref', 'main', 'add')).toMatchObject({ claims: [{ key: 'ref', value: 'main' }] })
    expect(by({ ...empty(), claims: [{ key: 'ref', value: 'dev' }] }, 'ref', 'main', 'add')).toMatchObject({
      claims: [{ key: 'ref', value: 'dev, main' }],
    })
  })
})
