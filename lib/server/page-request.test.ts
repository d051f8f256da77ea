import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { keepWhatPagesNeed } from './page-request'

const kept = (headers: Record<string, string>, url = '/identities') => {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    url,
    headers,
    rawHeaders: Object.entries(headers).flat(),
  })
  keepWhatPagesNeed(request)
  return { headers: request.headers, rawHeaders: request.rawHeaders, url: request.url }
}

/** Names that Next 16 reads or sets, and ones it does not know yet. */
const steering = {
  'x-middleware-prefetch': '1',
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-middleware-rewrite': '/sign-in',
  'x-middleware-next': '1',
  'x-nextjs-data': '1',
  'x-nextjs-html-request-id': '1',
  'x-next-resume-state-length': '1',
  'x-next-cache-tags': 'a',
  'x-next-revalidated-tags': 'a',
  'x-invoke-path': '/sign-in',
  'x-invoke-status': '500',
  'x-matched-path': '/sign-in',
  'x-now-route-matches': '1=a',
  'x-prerender-revalidate': 'a',
  'x-deployment-id': 'a',
  'next-action': '00',
  'next-resume': '1',
  'next-hmr-refresh': '1',
  'next-test-fetch-priority': 'high',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-nonce': 'chosen',
  'content-security-policy': "script-src 'nonce-chosen'",
  'x-some-header-of-a-later-next': '1',
}

test('no header reaches Next but what pages need', () => {
  const needed = { host: 'keybound.example', accept: 'text/html', 'if-none-match': '"a"', 'user-agent': 'b' }
  expect(kept({ ...needed, ...steering }).headers).toEqual(needed)
  expect(kept({ ...needed, ...steering }).rawHeaders).toEqual(Object.entries(needed).flat())
})

// As fetch-server-response.js of Next 16.4 sends them.
const router = {
  rsc: '1',
  'next-router-prefetch': '1',
  'next-router-segment-prefetch': '/_tree',
  'next-router-state-tree': encodeURIComponent(JSON.stringify(['', { children: ['(dashboard)', {}] }, null, null])),
  'next-url': '/identities',
}

test('the headers of the router in the browser are passed only with the parameter that it adds', () => {
  expect(kept(router, '/identities?search=a&_rsc=1f2e3').headers).toEqual(router)
  expect(kept(router, '/identities?_rsc').headers).toEqual(router)
  for (const url of ['/identities', '/identities?search=_rsc=1', '/identities?x_rsc=1']) {
    expect(kept(router, url).headers).toEqual({})
  }
})

test('a header of the router that the router would not send is dropped', () => {
  const odd = {
    rsc: '2',
    'next-router-prefetch': 'true',
    'next-router-segment-prefetch': '//evil',
    'next-router-state-tree': '{"a":1}',
    'next-url': 'https://evil.example',
  }
  expect(kept({ ...odd, 'next-router-segment-prefetch': 'x' }, '/?_rsc=1').headers).toEqual({})
})

test('no cookie reaches Next but what pages read', () => {
  const cookie =
    'keybound.session_token=a.b; __prerender_bypass=1; keybound-rail=collapsed; next-instant-navigation-testing=1'
  expect(kept({ cookie }).headers).toEqual({ cookie: 'keybound-rail=collapsed' })
})

test.each([
  ['/identities?nxtPid=1&search=a&nxtIx=2&__nextLocale=de', '/identities?search=a'],
  ['/identities?%6Extp=1&n%78tPid=1', '/identities?%6Extp=1'],
  ['/identities?search=a%26b&search=c', '/identities?search=a%26b&search=c'],
  ['/identities?', '/identities'],
])('parameters that Next keeps for itself are dropped: %s', (asked, url) => {
  expect(kept({}, asked).url).toBe(url)
})
