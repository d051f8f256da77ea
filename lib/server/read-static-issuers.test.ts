import { expect, test } from 'vitest'
import { parseStaticIssuers, readStaticIssuers, StaticIssuersError } from './read-static-issuers'

const messageOf = (text: string) => {
  try {
    parseStaticIssuers(text, 'issuers.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(StaticIssuersError)
    return error instanceof Error ? error.message : ''
  }
  return 'taken'
}

const yaml = `
issuers:
  - iss: https://ci.example
    project: { id: ci }
    JWKsURL: https://ci.example/jwks
    prm: 18446744073709551615
    internal: true
  - iss: https://edge.example
    project: { id: edge }
    keys:
      - { kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo, kid: a }
`

test('YAML is read, and no permission is rounded', () => {
  const [ci, edge] = parseStaticIssuers(yaml, 'issuers.yaml')
  expect(ci).toMatchObject({ iss: 'https://ci.example', prm: 2n ** 64n - 1n, internal: true })
  expect(edge?.keys).toHaveLength(1)
})

test('JSON is read, indented with tabs or not at all, as a list or under a name', () => {
  const list = [{ iss: 'https://ci.example', project: { id: 'ci' }, JWKsURL: 'https://ci.example/jwks', prm: 5 }]
  for (const text of [
    JSON.stringify(list),
    JSON.stringify(list, null, '\t'),
    JSON.stringify({ issuers: list }, null, 2),
  ]) {
    expect(parseStaticIssuers(text, 'issuers.json')).toEqual([{ ...list[0], prm: 5n }])
  }
})

test('an empty list is no issuer at all', () => {
  expect(parseStaticIssuers('[]', 'issuers.yaml')).toEqual([])
})

test.each([
  ['a syntax error', 'issuers:\n  - iss: "a\n    project: {', 'issuers.yaml:3:'],
  ['broken JSON', '[\n  {"iss": "a",,}\n]', 'issuers.yaml:2:'],
  ['a key that is there twice', '- iss: a\n  iss: b\n', 'issuers.yaml:2:3: Map keys must be unique'],
  ['something else than a list', 'iss: a\n', 'issuers.yaml:1:1: A list of issuers was expected.'],
  ['a wrong value', yaml.replace('18446744073709551615', '18446744073709551616'), 'issuers.yaml:6:5: issuers[0].prm: '],
  ['a fraction', yaml.replace('18446744073709551615', '1.5'), 'issuers.yaml:6:5: issuers[0].prm: '],
  ['an exponent', yaml.replace('18446744073709551615', '1e3'), 'issuers.yaml:6:5: issuers[0].prm: '],
  [
    'an unknown field',
    yaml.replace('JWKsURL', 'JWKSURL'),
    'issuers.yaml:5:5: issuers[0].JWKSURL: Unknown field. Did you mean "JWKsURL"?',
  ],
  ['a private key', yaml.replace('kid: a', 'd: a'), 'issuers.yaml:11:9: issuers[1].keys[0]: '],
  [
    'a missing field',
    yaml.replace('    project: { id: edge }\n', ''),
    'issuers.yaml:8:5: issuers[1].project: Required.',
  ],
  [
    'an issuer that is there twice',
    yaml.replace('edge.example', 'ci.example'),
    'issuers.yaml:8:5: issuers[1].iss: It is there twice.',
  ],
  ['static: false', yaml.replace('internal: true', 'static: false'), 'issuers.yaml:7:5: issuers[0].static: '],
])('%s is refused with its line and column', (_, text, expected) => {
  expect(messageOf(text)).toContain(expected)
})

test('every wrong place is named, each on a line of its own', () => {
  const lines = messageOf('- iss: ""\n  project: {}\n  prm: -1\n').split('\n')
  expect(lines.map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
    'KEYBOUND_STATIC_ISSUERS cannot be used:',
    'issuers.yaml:1:3 [0].iss',
    'issuers.yaml:2:3 [0].project.id',
    'issuers.yaml:3:3 [0].prm',
    'issuers.yaml:1:3 [0].JWKsURL',
    'issuers.yaml:1:3 [0].keys',
  ])
})

test('a file that is not there is named, and no file is no issuer', () => {
  expect(() => readStaticIssuers('/nowhere/issuers.yaml')).toThrow(/KEYBOUND_STATIC_ISSUERS.*\/nowhere\/issuers\.yaml/)
  expect(readStaticIssuers(undefined).issuers).toEqual([])
})
