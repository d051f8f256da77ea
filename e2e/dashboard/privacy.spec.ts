import { generateKeyPairSync } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { expect, test } from '../fixtures/test'
import { startJwksServer } from '../peers/jwks-server'
import { expectAccepted, openEditor, paste, save } from './editor'

// A server of its own: trusts of other files would have keys fetched.

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** A token that names hosts to look at; following one of them gives the token's reader away. */
const token = (lure: string, key = privateKey, kid?: string) =>
  new SignJWT({ scope: 'everything', secret: 'hunter2' })
    .setProtectedHeader({ alg: 'ES256', kid, jku: `${lure}/jwks.json`, x5u: `${lure}/chain.pem` })
    .setIssuer(lure)
    .setAudience('keybound')
    .setSubject('spy')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key)

/** Everything that leaves a page, as text; and what its console complains about. */
async function watch(context: BrowserContext, page: Page) {
  const sent: string[] = []
  const origins = new Set<string>()
  const complaints: string[] = []
  const session = await context.newCDPSession(page)
  await session.send('Network.enable', { maxPostDataSize: 1024 * 1024 })
  // Lower than page.on('request'): every header as it goes out, and frames of web sockets.
  session.on('Network.requestWillBeSent', ({ request, requestId }) => {
    sent.push(JSON.stringify(request))
    if (/^(?:https?|wss?):/.test(request.url)) origins.add(new URL(request.url).origin)
    if (!request.hasPostData) return
    session
      .send('Network.getRequestPostData', { requestId })
      .then(({ postData }) => sent.push(postData))
      .catch(() => {})
  })
  session.on('Network.requestWillBeSentExtraInfo', ({ headers }) => void sent.push(JSON.stringify(headers)))
  session.on('Network.webSocketCreated', ({ url }) => void sent.push(url))
  session.on('Network.webSocketFrameSent', ({ response }) => void sent.push(response.payloadData))
  page.on('request', (request) => void sent.push(`${request.url()} ${request.postData() ?? ''}`))
  page.on('console', (message) => {
    // A browser notes every 404 by itself; that an identity has no trust yet is an answer.
    const isAnswer = message.text().startsWith('Failed to load') && message.location().url.endsWith('/trusts/jwt')
    if (['error', 'warning'].includes(message.type()) && !isAnswer) complaints.push(message.text())
  })
  return { sent, origins, complaints }
}

/** Every text that the browser would keep after the page, and the address. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const caches = await window.caches.keys()
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      window.name,
      document.cookie,
      location.href,
      history.state,
      databases,
      caches,
    ])
  })

/** The token, its segments, and each of them as other spellings would send it. */
const tracesOf = (jwt: string) => {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  return [jwt, header, claims, signature, 'hunter2', encodeURIComponent(jwt)]
}

function expectNone(texts: readonly string[], jwt: string) {
  for (const trace of tracesOf(jwt)) {
    expect(texts.filter((text) => text.includes(trace)).map((text) => text.slice(0, 200))).toEqual([])
  }
}

test('a token that is pasted, edited, judged and bound never leaves the browser and is not stored', async ({
  dashboard: page,
  context,
  installation,
  keybound,
}) => {
  const lure = await startJwksServer()
  const source = await startJwksServer()
  try {
    const key = source.rotate({ kid: 'from-jwks' })
    const watched = await watch(context, page)
    const editor = await openEditor(page, await installation.identity('private'))

    // Keys of a URL: the server is asked for them, by their source alone.
    const jwt = await token(lure.origin, key.privateKey, key.kid)
    await page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')).fill(source.jwksUrl)
    await paste(editor.token, `Bearer ${jwt}`)
    await expectAccepted(page)
    expect(source.hits).toBe(1)

    // Static keys, edits, a binding, a save, a change of page and back.
    const other = await token(lure.origin)
    await editor.keys('Static keys').click()
    await editor.pem.fill(pem)
    await editor.forget.click()
    await expect(editor.token).toHaveValue('')
    await paste(editor.token, other)
    await expectAccepted(page)
    await editor.token.press('ControlOrMeta+End')
    await editor.token.press('Backspace')
    await expect(editor.verdict).toContainText(/^Refused · /)
    await editor.token.press(other.slice(-1))
    await expectAccepted(page)
    await editor.claimsTable.getByRole('button', { name: 'Bind sub', exact: true }).click()
    await save(page)
    expect(await kept(page)).not.toContain(other.split('.')[0])
    expectNone([await kept(page)], other)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tester' }).click()

    // The tester, and the palette on the way to it.
    await expect(page.getByRole('heading', { name: 'Tester', level: 1 })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+K')
    // Without its first characters too: what is left is as good as the token.
    await paste(page.getByRole('combobox'), other.slice(5))
    await expect(page.getByRole('option', { name: /Open in tester/ })).toBeVisible()
    await page.getByRole('combobox').fill('')
    await paste(page.getByRole('combobox'), other)
    await page.getByRole('option', { name: /Open in tester/ }).click()
    await expect(page.getByRole('status', { name: 'Result' })).toContainText('accepts')
    await expect(page).toHaveURL('/tester')
    expectNone([await kept(page)], other)

    // In the search of a list it would be in the address.
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Identities' }).click()
    const search = page.getByRole('searchbox', { name: 'Search identities' })
    await paste(search, other.slice(5))
    await expect(search).toHaveAccessibleDescription('This is a token, and is not sent. Paste it into the Tester.')
    await search.press('Enter')
    await search.press('Escape')
    await expect(search).toHaveValue('')
    await expect(page).toHaveURL('/identities')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tester' }).click()
    await expect(page.getByRole('heading', { name: 'Tester', level: 1 })).toBeVisible()

    expectNone(watched.sent, jwt)
    expectNone(watched.sent, other)
    expect([...watched.origins]).toEqual([keybound.baseUrl])
    expect(watched.complaints).toEqual([])
    // Breaches of the policy in pages fail every test; in workers no event tells of them.
    const workers = await Promise.all(
      page.workers().map((worker) => worker.evaluate(() => Reflect.get(globalThis, '__zod_globalConfig'))),
    )
    expect(workers.length).toBeGreaterThan(0)
    expect(workers.filter((config) => config?.jitless !== true)).toEqual([])
    // Neither the browser nor the server followed the token's own addresses.
    expect(lure.requests).toEqual([])
    expect(keybound.logs()).not.toContain(other.split('.')[2])
    // The watch is awake: it did see what was sent.
    expect(watched.sent.some((text) => text.includes('/api/admin/keys/lookup'))).toBe(true)
    expect(watched.sent.some((text) => text.includes('BEGIN PUBLIC KEY'))).toBe(true)

    // Another page forgets it.
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Token', exact: true })).toHaveValue('')
  } finally {
    await Promise.all([lure.stop(), source.stop()])
  }
})

test('every page has a policy that holds it to its own origin, and inline scripts carry its nonce', async ({
  dashboard: page,
  installation,
  keybound,
  pageFaults,
}) => {
  const id = await installation.identity('policy')
  for (const path of [
    '/',
    '/identities',
    `/identities/${id}`,
    `/identities/${id}/jwt-auth`,
    '/tester',
    '/sign-in',
    '/setup',
    '/nowhere',
  ]) {
    const answer = await page.request.get(path, { maxRedirects: 0 })
    const policy = answer.headers()['content-security-policy'] ?? ''
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...values] = directive.trim().split(/\s+/)
        return [name, values]
      }),
    )
    expect(directives.get('connect-src'), path).toEqual(["'self'"])
    expect(directives.get('default-src'), path).toEqual(["'self'"])
    expect(directives.get('form-action'), path).toEqual(["'self'"])
    expect(directives.get('frame-ancestors'), path).toEqual(["'none'"])
    const scripts = directives.get('script-src') ?? []
    expect(scripts, path).not.toContain("'unsafe-inline'")
    expect(scripts, path).not.toContain("'unsafe-eval'")
    const nonce = scripts.find((value) => value.startsWith("'nonce-"))?.slice(7, -1) ?? ''
    expect(nonce.length, path).toBeGreaterThanOrEqual(16)
    const inline = [...(await answer.text()).matchAll(/<script\b([^>]*)>/g)].filter(
      ([, more]) => !/\bsrc=/.test(more ?? ''),
    )
    for (const [tag] of inline) expect(tag, path).toContain(`nonce="${nonce}"`)
  }
  // A script without it does not run, and nothing speaks to another origin.
  await page.goto('/tester')
  await expect(page.getByRole('heading', { name: 'Tester', level: 1 })).toBeVisible()
  const elsewhere = `${keybound.baseUrl.replace('127.0.0.1', 'localhost')}/api/status`
  const blocked = await page.evaluate((url) => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        resolve(`${effectiveDirective} ${blockedURI}`),
      )
    })
    const outcome = fetch(url).then(
      () => 'reached',
      () => 'refused',
    )
    return Promise.all([outcome, violation])
  }, elsewhere)
  expect(blocked).toEqual(['refused', `connect-src ${elsewhere}`])
  // That breach was ours, and meant.
  const own = pageFaults.splice(0)
  expect(own.length).toBeGreaterThan(0)
  expect(own.filter((fault) => !fault.includes(elsewhere))).toEqual([])
})
