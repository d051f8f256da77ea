import { describe, expect, test } from 'vitest'
import { requests } from './wire'

const config = { jwtEndpoint: 'https://a.example', issuer: 'a', keysEndpoint: 'https://a.example/keys', headerName: '' }

describe.each(['admin', 'management'] as const)('a name of a provider, at the level %s', (scope) => {
  const { addJwtIdp, updateIdp, addJwtProvider, updateJwtProvider } = requests(scope)

  test.each([
    ['added', addJwtIdp],
    ['renamed', updateIdp],
    ['added as a template', addJwtProvider],
    ['changed as a template', updateJwtProvider],
  ])('with characters that are not seen is refused where it is %s', (_, schema) => {
    const problem = (name: string) => schema.safeParse({ ...config, name }).error?.issues[0]?.message
    for (const name of ['Acme\u202egro', 'Ac\u200bme', 'Acme\nSSO', '\u2066Acme\u2069', 'Ac\u0000me']) {
      expect(problem(name)).toMatch(/^invalid \w+Request\.Name: value must be one line/)
    }
    for (const name of ['Acme SSO', 'علی‌رضا', '👩‍💻 people', 'é'.repeat(200)]) expect(problem(name)).toBeUndefined()
    expect(problem('')).toMatch(/Name: value length must be between 1 and 200 runes/)
  })
})
