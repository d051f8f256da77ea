import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { issuerLogin, loginWithToken, shellWord, snippetsOf } from './snippets'

const input = {
  origin: 'https://keybound.example',
  identityId: '6f1ed1a4-7d5c-4a55-9d0f-0a1b2c3d4e5f',
  kind: 'jwt',
  audience: 'keybound',
} as const
const codeOf = (id: string, more = {}) => snippetsOf({ ...input, ...more }).find((each) => each.id === id)?.code ?? ''

test('every snippet logs in at this installation, as this identity', () => {
  for (const { code } of snippetsOf(input)) {
    expect(code).toContain('https://keybound.example/api/v1/auth/jwt-auth/login')
    expect(code).toContain(input.identityId)
  }
  expect(codeOf('curl', { kind: 'oidc' })).toContain('/api/v1/auth/oidc-auth/login')
})

test('an issuer that makes tokens on demand is asked for the audience of the trust, or for our origin', () => {
  for (const id of ['github', 'gitlab', 'kubernetes']) {
    expect(codeOf(id)).toContain('keybound')
    expect(codeOf(id, { audience: null })).toMatch(/(audience|aud)[=:] ?"?https:\/\/keybound\.example/)
  }
})

test('the shell sends exactly the JSON that the login takes', () => {
  const script = codeOf('curl').replace('curl ', 'show ')
  const shown = execFileSync('sh', ['-c', `JWT=a.b.c; show() { for last; do :; done; printf %s "$last"; }; ${script}`])
  expect(JSON.parse(shown.toString())).toEqual({ identityId: input.identityId, jwt: 'a.b.c' })
  const byIssuer = issuerLogin(input.origin).replace('curl ', 'show ')
  const sent = execFileSync('sh', ['-c', `JWT=a.b.c; show() { for last; do :; done; printf %s "$last"; }; ${byIssuer}`])
  expect(JSON.parse(sent.toString())).toEqual({ token: 'a.b.c' })
})

test('the shell interprets nothing of the pasted token', () => {
  const hostile = `a.b.'; $(touch y) "\`id\`\u007f\u007f\u0085\u202e\u0007é🔑\n\r`
  const sent = (place: Parameters<typeof loginWithToken>[1]) => {
    const command = loginWithToken(input.origin, place, hostile)
    expect(command).toMatch(/^[ -~\n]+$/)
    const script = command.replace('curl ', 'show ')
    const show = 'show() { for last; do :; done; printf %s "$last"; }'
    return JSON.parse(execFileSync('sh', ['-c', `${show}; ${script}`]).toString())
  }
  expect(sent(input)).toEqual({ identityId: input.identityId, jwt: hostile })
  expect(sent({ kind: 'issuer' })).toEqual({ token: hostile })
})

test('no audience can break out of its quotes', () => {
  const hostile = `x'; touch y; "$(id)" \`id\` \\`
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(hostile)}`]).toString()).toBe(hostile)
  expect(codeOf('github', { audience: hostile })).toContain(shellWord(`audience=${hostile}`))
  expect(codeOf('gitlab', { audience: hostile })).toContain(`aud: ${JSON.stringify(hostile)}`)
})

test('the access token is masked before a workflow could print it', () => {
  expect(codeOf('github').indexOf('::add-mask::')).toBeLessThan(codeOf('github').indexOf('GITHUB_ENV'))
})
