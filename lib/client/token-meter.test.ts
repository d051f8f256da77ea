import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bytesWithin } from './token-meter'

const [header, claims, signature] = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJqb2IifQ', 'c2lnbmF0dXJlLWJ5dGVz']
const token = [header, claims, signature].join('.')

test('what a request carries of a token is counted, whole or in part', () => {
  expect(bytesWithin(`/api/admin/x\n{"token":"${token}"}`, token)).toBe(token.length - 2)
  expect(bytesWithin(`/api/admin/x?s=${signature}`, token)).toBe(signature.length)
  expect(bytesWithin(`${claims} ${claims}`, token)).toBe(2 * claims.length)
  expect(bytesWithin('/api/admin/keys/lookup\n{"source":{}}', token)).toBe(0)
  expect(bytesWithin('/anything', '')).toBe(0)
})

test('the dashboard has one function that sends requests', () => {
  const root = path.resolve(import.meta.dirname, '../..')
  const files = ['lib/client', 'components', 'app'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => path.join(folder, file)),
  )
  const sending = files.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return /(?<![\w.])fetch\((?!\$)|XMLHttpRequest|WebSocket\(|EventSource\(|sendBeacon/.test(text)
  })
  expect(sending).toEqual(['lib/client/token-meter.ts'])
})
