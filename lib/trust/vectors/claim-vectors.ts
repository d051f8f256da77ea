import type { z } from 'zod'
import type { Matcher } from '../policy'
import { accepted, type Difference, refused, type Vector } from './vector'

/** A policy with one rule in place of the audience's. */
const rule =
  (path: string, matcher: z.input<typeof Matcher>, whenAbsent?: 'refuse' | 'allow'): Difference['policy'] =>
  () => ({ rules: [{ path, matcher, whenAbsent }] })

const equals = (...values: string[]) => ({ kind: 'equals-any', values }) as const
const glob = (...values: string[]) => ({ kind: 'glob-any', values }) as const

/** Writes a member into the claims' text, for values that no JavaScript object holds. */
const member = (text: string) => (claims: string) => claims.replace('{', `{${text},`)

/** The claims of a token beside its times: issuer, audience, subject and any other. */
export const claimVectors: Vector[] = [
  refused('claims.json', 'a duplicate claim is refused', { claimsText: member('"sub":"machine-0"') }),
  refused('claims.json', 'claims that are a list are refused', { claimsText: () => '["machine-1"]' }),
  refused('claims.json', 'claims with half a surrogate pair are refused', { claimsText: member('"x":"\\ud800"') }),
  refused('claims.json', 'an expiry of 1e400 is refused', {
    claims: () => ({ exp: undefined }),
    claimsText: member('"exp":1e400'),
  }),
  refused('claims.json', 'text after the claims is refused', { claimsText: (text) => `${text}{}` }),
  refused('claims.json', 'claims with a byte order mark are refused', { claimsText: (text) => `\ufeff${text}` }),

  refused('iss', 'an issuer with a trailing slash is another issuer', {
    claims: ({ issuer }) => ({ iss: `${issuer}/` }),
  }),
  refused('iss', 'an issuer in other letters is another issuer', {
    claims: ({ issuer }) => ({ iss: issuer.toUpperCase() }),
  }),
  refused('iss', 'an issuer over the other scheme is another issuer', {
    claims: ({ issuer }) => ({ iss: issuer.replace(/^http(s?):/, (_, secure) => (secure ? 'http:' : 'https:')) }),
  }),
  refused('iss', 'a missing issuer is refused', { claims: () => ({ iss: undefined }) }),
  refused('iss', 'an issuer in a list is refused', { claims: ({ issuer }) => ({ iss: [issuer] }) }),
  accepted('a trust that binds no issuer believes any', {
    claims: () => ({ iss: 'https://other.example' }),
    policy: () => ({ issuer: null }),
  }),

  accepted('one audience of a list is enough', {
    claims: ({ audience }) => ({ aud: ['https://other.example', audience] }),
  }),
  refused('aud', 'another audience is refused', { claims: () => ({ aud: 'https://other.example' }) }),
  refused('aud', 'a missing audience is refused', { claims: () => ({ aud: undefined }) }),
  refused('aud', 'an empty list of audiences is refused', { claims: () => ({ aud: [] }) }),
  refused('aud', 'an audience that is an object is refused', {
    claims: ({ audience }) => ({ aud: { [audience]: true } }),
  }),
  refused('aud', 'an audience list with a number in it is refused', {
    claims: ({ audience }) => ({ aud: [audience, 1] }),
  }),
  refused('sub', 'another subject is refused', { policy: rule('sub', equals('machine-2')) }),
  refused('sub', 'a look-alike subject is refused', {
    claims: () => ({ sub: 'm\u0430chine-1' }),
    policy: rule('sub', equals('machine-1')),
  }),
  refused('sub', 'a subject in other letters is refused', {
    claims: () => ({ sub: 'Machine-1' }),
    policy: rule('sub', equals('machine-1')),
  }),
  refused('sub', 'a subject with a blank at its end is refused', {
    claims: () => ({ sub: 'machine-1 ' }),
    policy: rule('sub', equals('machine-1')),
  }),
  refused('sub', 'a subject in a list is refused', {
    claims: () => ({ sub: ['machine-1'] }),
    policy: rule('sub', equals('machine-1')),
  }),

  refused('sub', 'a subject that is a number is refused, whatever its digits', {
    claims: () => ({ sub: 12345 }),
    policy: rule('sub', equals('12345')),
  }),
  refused('sub', 'a subject that is true is refused', {
    claims: () => ({ sub: true }),
    policy: rule('sub', glob('*')),
  }),
  refused('aud', 'an audience that is a number is refused', {
    claims: () => ({ aud: 42 }),
    policy: rule('aud', equals('42')),
  }),
  refused('iss', 'an issuer that is a number is refused', {
    claims: () => ({ iss: 42 }),
    policy: () => ({ issuer: '42' }),
  }),
  accepted('a nested claim is found by a dotted path', {
    claims: () => ({ repo: { owner: 'acme' } }),
    policy: rule('repo.owner', equals('acme')),
  }),
  accepted('a nested claim is found by a JSON Pointer', {
    claims: () => ({ 'kubernetes.io': { 'a/b': 'acme' } }),
    policy: rule('/kubernetes.io/a~1b', equals('acme')),
  }),
  accepted('a claim named by a URL is found under its whole name', {
    claims: () => ({ 'https://example.com/role': 'ci' }),
    policy: rule('https://example.com/role', equals('ci')),
  }),
  refused('claim:repo.owner', 'a plain name goes before a dotted path', {
    claims: () => ({ 'repo.owner': 'evil', repo: { owner: 'acme' } }),
    policy: rule('repo.owner', equals('acme')),
  }),
  accepted('false is present and matches false', {
    claims: () => ({ fork: false }),
    policy: rule('fork', equals('false')),
  }),
  refused('claim:fork', 'false does not match true', {
    claims: () => ({ fork: false }),
    policy: rule('fork', equals('true')),
  }),
  accepted('zero is present and matches 0', { claims: () => ({ count: 0 }), policy: rule('count', equals('0')) }),
  accepted('a number matches its decimal text', { claims: () => ({ id: 42 }), policy: rule('id', equals('42')) }),
  refused('claim:id', 'a number does not match text that begins like it', {
    claims: () => ({ id: 42.9 }),
    policy: rule('id', equals('42')),
  }),
  accepted('an integer beyond 2^53 is compared exactly', {
    claimsText: member('"id":9007199254740993'),
    policy: rule('id', equals('9007199254740993')),
  }),
  refused('claim:id', 'a neighbour beyond 2^53 does not match', {
    claimsText: member('"id":9007199254740993'),
    policy: rule('id', equals('9007199254740992')),
  }),
  accepted('one element of a list is enough', {
    claims: () => ({ groups: ['a', 'b'] }),
    policy: rule('groups', equals('b')),
  }),
  refused('claim:groups', 'an empty list is missing', {
    claims: () => ({ groups: [] }),
    policy: rule('groups', glob('*')),
  }),
  refused('claim:groups', 'null matches nothing', {
    claims: () => ({ groups: null }),
    policy: rule('groups', glob('*')),
  }),
  refused('claim:groups', 'an object matches nothing', {
    claims: () => ({ groups: { a: 1 } }),
    policy: rule('groups', glob('*')),
  }),
  refused('claim:constructor.name', 'what every object inherits is no claim', {
    policy: rule('constructor.name', glob('*')),
  }),
  refused('claim:__proto__', 'a prototype is no claim', { policy: rule('__proto__', glob('*')) }),
  accepted('a claim called __proto__ is a claim', {
    claimsText: member('"__proto__":{"role":"ci"}'),
    policy: rule('__proto__.role', equals('ci')),
  }),
  refused('claim:role', 'a claim called __proto__ lends nothing to the others', {
    claimsText: member('"__proto__":{"role":"ci"}'),
    policy: rule('role', equals('ci')),
  }),
  accepted('a claim may be absent where the rule allows it', {
    policy: rule('roles', { kind: 'subset-of', values: ['a'] }, 'allow'),
  }),

  accepted('a pattern’s star crosses a slash', {
    claims: () => ({ sub: 'repo:acme/app:ref:refs/heads/main' }),
    policy: rule('sub', glob('repo:acme/*/main')),
  }),
  refused('sub', 'a pattern holds to its literal parts', {
    claims: () => ({ sub: 'repo:acme-evil/app' }),
    policy: rule('sub', glob('repo:acme/*')),
  }),
  accepted('braces offer alternatives', {
    claims: () => ({ env: 'staging' }),
    policy: rule('env', glob('{prod,staging}')),
  }),
  refused('claim:env', 'a negated pattern refuses what it names', {
    claims: () => ({ env: 'prod' }),
    policy: rule('env', glob('!prod')),
  }),
  refused('claim:groups', 'a negated pattern refuses a list of which one element is what it names', {
    claims: () => ({ groups: ['staff', 'contractors'] }),
    policy: rule('groups', glob('!contractors')),
  }),
  accepted('a negated pattern accepts a list of which no element is what it names', {
    claims: () => ({ groups: ['staff', 'admins'] }),
    policy: rule('groups', glob('!contractors')),
  }),
  refused('claim:groups', 'a negated pattern denies beside one that allows', {
    claims: () => ({ groups: ['staff', 'contractors'] }),
    policy: rule('groups', glob('staff', '!contractors')),
  }),
  refused('claim:env', 'two negated patterns both deny', {
    claims: () => ({ env: 'prod' }),
    policy: rule('env', glob('!prod', '!staging')),
  }),
  refused('claim:env', 'what is not denied must still be allowed', {
    claims: () => ({ env: 'test' }),
    policy: rule('env', glob('prod', '!staging')),
  }),
  refused('claim:groups', 'a negated pattern refuses a list with an element that cannot be compared', {
    claims: () => ({ groups: ['staff', { name: 'contractors' }] }),
    policy: rule('groups', glob('!contractors')),
  }),
  refused('claim:text', 'patterns that cost more than a login may are refused', {
    claims: () => ({ text: 'a'.repeat(4000) }),
    policy: rule('text', glob(...Array.from({ length: 40 }, (_, at) => `${'*a'.repeat(200)}${at}`), 'a*')),
  }),
  refused('claim:env', 'a pattern that cannot be read matches nothing', {
    claims: () => ({ env: 'prod' }),
    policy: rule('env', glob('@(prod|staging)')),
  }),
  accepted('every role is one of the allowed', {
    claims: () => ({ roles: ['a', 'b'] }),
    policy: rule('roles', { kind: 'subset-of', values: ['a', 'b', 'c'] }),
  }),
  refused('claim:roles', 'one role too many is refused', {
    claims: () => ({ roles: ['a', 'z'] }),
    policy: rule('roles', { kind: 'subset-of', values: ['a', 'b'] }),
  }),
  accepted('a claim that only has to be there may say anything', {
    claims: () => ({ run: false }),
    policy: rule('run', { kind: 'exists' }),
  }),
  refused('claim:run', 'a claim that has to be there and is not is refused', {
    policy: rule('run', { kind: 'exists' }),
  }),
  refused('claim:run', 'a claim that says nothing is not there', {
    claims: () => ({ run: '' }),
    policy: rule('run', { kind: 'exists' }),
  }),
  accepted('all 64 bits are compared exactly', {
    claimsText: member('"prm":18446744073709551615'),
    policy: rule('prm', { kind: 'within-bitmask', mask: '18446744073709551615' }),
  }),
  refused('claim:prm', 'the highest bit too many is refused', {
    claimsText: member('"prm":9223372036854775809'),
    policy: rule('prm', { kind: 'within-bitmask', mask: '1' }),
  }),
  accepted('roles and permissions that are missing are carried on as none', {
    policy: () => ({ grant: { carry: { roles: 'texts', prm: 'uint64' } } }),
  }),
  refused('grant', 'roles that are no texts cannot be carried on', {
    claims: () => ({ roles: [1] }),
    policy: () => ({ grant: { carry: { roles: 'texts', prm: 'uint64' } } }),
  }),
  refused('grant', 'permissions beyond 64 bits cannot be carried on', {
    claimsText: member('"prm":18446744073709551616'),
    policy: () => ({ grant: { carry: { roles: 'texts', prm: 'uint64' } } }),
  }),
  refused('claim:prm', 'a negative mask claim is refused', {
    claims: () => ({ prm: -1 }),
    policy: rule('prm', { kind: 'within-bitmask', mask: '18446744073709551615' }),
  }),
]
