import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlExample } from './curl-example'
import { exampleBody } from './example-body'
import { groupByTag, listOperations, matchesSearch } from './operation-view'

const document = {
  openapi: '3.1.0',
  tags: [
    { name: 'Second', description: 'Comes second.' },
    { name: 'Empty', description: 'Has nothing.' },
  ],
  paths: {
    '/api/things/{thingId}': {
      patch: {
        operationId: 'things.update thing',
        tags: ['First'],
        summary: 'Change a thing',
        security: [{ accessToken: [] }],
        parameters: [
          { in: 'path', name: 'thingId', required: true, schema: { type: 'string' } },
          { in: 'query', name: 'limit', schema: { type: 'integer', default: 50, maximum: 200 } },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name', 'role'],
                properties: {
                  name: { type: 'string', examples: ["it's $HOME"] },
                  role: { type: 'string', enum: ['admin', 'member'] },
                  note: { type: 'string' },
                },
              },
            },
          },
        },
        responses: {
          200: { description: 'The thing.', content: { 'application/json': { schema: { type: 'object' } } } },
          404: { description: 'Not there.' },
        },
      },
    },
    '/api/open': { get: { tags: ['Second'], security: [], responses: { 204: { description: 'Nothing.' } } } },
  },
}
const [change, open] = listOperations(document)

test('an operation shows its method, path, parameters, body, answers and errors', () => {
  expect(change).toMatchObject({
    anchor: 'things.update-thing',
    method: 'PATCH',
    path: '/api/things/{thingId}',
    needsSignIn: true,
    parameters: [
      { in: 'path', path: 'thingId', required: true },
      { in: 'query', path: 'limit', required: false, default: '50', limits: ['≤ 200'] },
    ],
    answers: [{ status: '200' }],
    errors: [{ status: '404', payload: null }],
  })
  expect(change!.bodies[0]!.rows.map(({ path, required }) => [path, required])).toEqual([
    ['name', true],
    ['role', true],
    ['note', false],
  ])
  expect(open!.needsSignIn).toBe(false)
})

test('tags keep the order of the document, unknown ones follow, empty ones are left out', () => {
  expect(groupByTag(document, [change!, open!]).map(({ name }) => name)).toEqual(['Second', 'First'])
})

test('every word of a search must be found, in any order', () => {
  expect(matchesSearch(change!, 'thing PATCH')).toBe(true)
  expect(matchesSearch(change!, 'thing delete')).toBe(false)
  expect(matchesSearch(change!, '')).toBe(true)
})

test('an example has the required fields and nothing else', () => {
  expect(exampleBody(document, change!.bodies[0]!.schema)).toEqual({ name: "it's $HOME", role: 'admin' })
})

test('a shell reads the example as it was meant, quotes and dollars included', () => {
  const script = curlExample(document, change!, 'http://kb.example').replace(/^curl/, `printf '%s\\n'`)
  const words = execFileSync('sh', ['-c', script], {
    env: { ...process.env, THING_ID: 'x1', ACCESS_TOKEN: 't' },
    encoding: 'utf8',
  })
  expect(words.trimEnd().split('\n')).toEqual([
    '-X',
    'PATCH',
    'http://kb.example/api/things/x1',
    '-H',
    'Authorization: Bearer t',
    '-H',
    'Content-Type: application/json',
    '-d',
    `{"name":"it's $HOME","role":"admin"}`,
  ])
})
