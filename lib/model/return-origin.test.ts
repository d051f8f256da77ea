import { describe, expect, test } from 'vitest'
import { OrganizationPatch } from './organization-settings'
import { mayReturnTo } from './return-origin'

const own = 'https://keybound.example.com'
const listed = ['https://app.example.com', 'http://10.0.0.5:8080']

describe('a browser may return to', () => {
  test.each([
    'https://keybound.example.com/in',
    'http://localhost:4000/in',
    'http://127.0.0.1:1/in?a=b',
    'http://[::1]:4000/',
    'https://APP.example.com:443/in?tab=1#top',
    'http://10.0.0.5:8080/in',
  ])('%s', (address) => {
    expect(mayReturnTo(address, own, listed)).toBe(true)
  })
})

describe('a browser may not return to', () => {
  test.each([
    'https://evil.example/in',
    'http://app.example.com/in',
    'https://app.example.com:8443/in',
    'https://app.example.com.evil.example/in',
    'https://app.example.com@evil.example/in',
    'https://user:pass@app.example.com/in',
    'https://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'https://evil.example\\@app.example.com/',
    'http://keybound.example.com/in',
    'javascript:alert(1)//https://app.example.com',
    '//app.example.com/in',
    'in',
    '',
  ])('%s', (address) => {
    expect(mayReturnTo(address, own, listed)).toBe(false)
  })
})

test('an entry is an origin, stored as browsers write it', () => {
  const parse = (origin: string) => OrganizationPatch.safeParse({ returnOrigins: [origin] }).data?.returnOrigins
  expect(parse(' https://App.example.com:443/ ')).toEqual(['https://app.example.com'])
  for (const wrong of ['https://app.example.com/in', 'ftp://a.example', 'https://a@b.example']) {
    expect(parse(wrong), wrong).toBeUndefined()
  }
})
