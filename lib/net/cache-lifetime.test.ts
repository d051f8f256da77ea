import { expect, test } from 'vitest'
import { cacheSeconds } from './cache-lifetime'

const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0)

// RFC 9111 §4.2.1 and §5.2.2; the limits are ours: 1 to 60 minutes, 5 when the answer does not say.
test.each([
  ['nothing said', {}, 300],
  ['max-age', { 'cache-control': 'public, max-age=600' }, 600],
  ['max-age in capitals and quotes', { 'cache-control': 'Max-Age="600"' }, 600],
  ['the first of two max-age', { 'cache-control': 'max-age=600, max-age=1200' }, 600],
  ['max-age below a minute', { 'cache-control': 'max-age=0' }, 60],
  ['max-age above an hour', { 'cache-control': 'max-age=31536000' }, 3600],
  ['an absurd max-age', { 'cache-control': 'max-age=99999999999999999999' }, 300],
  ['a negative max-age', { 'cache-control': 'max-age=-1' }, 300],
  ['s-maxage, which is for shared caches', { 'cache-control': 's-maxage=1200' }, 300],
  ['no-store', { 'cache-control': 'no-store, max-age=600' }, 60],
  ['no-cache', { 'cache-control': 'no-cache' }, 60],
  ['max-age less the age it has already', { 'cache-control': 'max-age=600', age: '400' }, 200],
  ['an age that is no number', { 'cache-control': 'max-age=600', age: 'old' }, 600],
  ['Expires after Date', { expires: 'Thu, 01 Jan 2026 10:10:00 GMT', date: 'Thu, 01 Jan 2026 10:00:00 GMT' }, 600],
  ['Expires without Date', { expires: 'Thu, 01 Jan 2026 12:20:00 GMT' }, 1200],
  ['Expires in the past', { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 60],
  ['Expires: 0', { expires: '0' }, 60],
  ['max-age over Expires', { 'cache-control': 'max-age=600', expires: '0' }, 600],
])('%s', (_, headers, seconds) => {
  expect(cacheSeconds(headers, nowMs)).toBe(seconds)
})
