import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { bodyBytesMax, bodyValuesMax, readBody } from './read-body'

const json = ['application/json']
const form = ['application/x-www-form-urlencoded', 'application/json']

const isJson = { 'content-type': 'application/json' }

const read = (body: BodyInit | null, headers: Record<string, string> = isJson, types = json) =>
  readBody(new Request('http://keybound.example/', { method: 'POST', body, headers }), types)

const kindOf = async (reading: Promise<unknown>) => {
  const error = await reading.catch((thrown: unknown) => thrown)
  return error instanceof AppError ? error.kind : `not refused: ${JSON.stringify(error)}`
}

test('no body, and one of blanks, is an empty object', async () => {
  expect(await read(null, {})).toEqual({})
  expect(await read(' \n', { 'content-type': 'application/json' })).toEqual({})
  expect(await read('', { 'content-type': 'text/plain' })).toEqual({})
})

test('JSON is read under its types', async () => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/x+json',
  ]) {
    expect(await read('{"a":1}', { 'content-type': type })).toEqual({ a: 1 })
  }
})

test('another type is refused, as is a form where none is taken', async () => {
  for (const type of [
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ]) {
    expect(await kindOf(read('{"a":1}', { 'content-type': type }))).toBe('malformed')
  }
})

test('a form is read where it is taken, and refused when it names a member twice', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(await read('a=1&b=%20', headers, form)).toEqual({ a: '1', b: ' ' })
  expect(await kindOf(read('a=1&a=2', headers, form))).toBe('malformed')
})

test('an integer beyond 2^53 is not rounded', async () => {
  expect(await read('{"a":9007199254740993}')).toEqual({ a: 9007199254740993n })
})

test.each(['{', '{"a":1}x', '{"a":1,"a":2}', '{"a":1e400}', '"\\ud800"', "{'a':1}", '['.repeat(100_000)])(
  'what is no JSON is malformed: %#',
  async (text) => {
    expect(await kindOf(read(text))).toBe('malformed')
  },
)

test('bytes that are not UTF-8 are malformed', async () => {
  expect(await kindOf(read(Uint8Array.from([0x22, 0xff, 0x22])))).toBe('malformed')
})

test('a mebibyte is read and one byte more is not, whatever the length header says', async () => {
  const text = `"${'x'.repeat(bodyBytesMax - 2)}"`
  expect(await read(text)).toHaveLength(bodyBytesMax - 2)
  expect(await kindOf(read(`${text} `))).toBe('too-large')
  expect(await kindOf(read('{}', { ...isJson, 'content-length': String(bodyBytesMax + 1) }))).toBe('too-large')
  const chunks = [text, ' '].map((part) => new TextEncoder().encode(part))
  const body = new ReadableStream({
    pull: (controller) => {
      const chunk = chunks.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  })
  const request = new Request('http://keybound.example/', { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect(await kindOf(readBody(request, json))).toBe('too-large')
})

/** A mebibyte of what costs most for its bytes: unknown members, small values, escapes, fields of a form. */
test.each([
  ['members', `{${Array.from({ length: 80_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
  ['empty objects', `{"a":[${'{},'.repeat(340_000)}{}]}`],
  ['zero characters in a list', `{"a":[${'"\\u0000",'.repeat(110_000)}1]}`],
])('a body of many %s is refused before it is judged', async (_, text) => {
  expect(await kindOf(read(text))).toBe('too-large')
})

test('a form of many fields, too, and none is compared with all others', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const fields = (count: number) => Array.from({ length: count }, (_, at) => `k${at}`).join('&')
  expect(await kindOf(read(fields(150_000), headers, form))).toBe('too-large')
  expect(Object.keys((await read(fields(bodyValuesMax), headers, form)) as object)).toHaveLength(bodyValuesMax)
})

test('a long text is one value', async () => {
  expect(await read(`{"a":"${'\\u0000'.repeat(170_000)}"}`)).toEqual({ a: '\0'.repeat(170_000) })
})

test('a compressed body is refused, and told what it is', async () => {
  const headers = { ...isJson, 'content-encoding': 'gzip' }
  await expect(read(gzipSync('{"a":1}'), headers)).rejects.toThrow(/encoded \(gzip\).*without Content-Encoding/)
  await expect(read(Uint8Array.of(0x7b, 0xff), isJson)).rejects.toThrow(/^The body is not UTF-8 text\.$/)
})
