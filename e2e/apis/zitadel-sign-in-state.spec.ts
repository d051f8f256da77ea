import { describe, expect, test } from 'vitest'
import { createBrowser } from '../peers/browser'
import { install } from './installation'
import { useFlow } from './zitadel-flow'

const flow = useFlow()
const { provider, token, url, sessionOf, signIn, arrive, callback, decision } = flow

describe('sign-ins through an inactive provider fail', () => {
  test('from the start on, and it is not offered', async () => {
    const id = await provider()
    const offered = async () =>
      (await flow.here.anonymous.get('/api/admin/sign-in-providers')).body.providers.map(
        (one: { id: string }) => one.id,
      )
    expect(await offered()).toContain(id)
    await flow.here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    expect(await offered()).not.toContain(id)
    const { last, session } = await signIn(token(), id)
    expect(`${last.pathname}${last.search}`).toBe('/sign-in/failed?reason=provider_inactive')
    expect(session).toBeNull()
  })

  test('when it is deactivated on the way to the gateway', async () => {
    const id = await provider()
    const { given } = await arrive(id)
    await flow.here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    const location = (await callback(given, token())).headers.get('location')!
    expect(location).toContain('reason=provider_inactive')
    const kept = await decision(new URL(location).searchParams.get('decision')!)
    expect(kept).toMatchObject({ accepted: false, reason: 'provider_inactive', trustId: id })
  })

  test('when it is deactivated before the last step', async () => {
    const id = await provider()
    const { browser, given } = await arrive(id)
    const location = (await callback(given, token())).headers.get('location')!
    await flow.here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    await browser.open(location)
    expect(await sessionOf(browser)).toBeNull()
  })

  test('one that is not there leads to the same page', async () => {
    for (const id of [crypto.randomUUID(), 'x']) {
      expect((await signIn(token(), id)).last.search).toBe('?reason=provider_inactive')
    }
  })
})

describe('the state', () => {
  const refused = async (query: URLSearchParams, withToken = token()) => {
    const decisions = await flow.here.db.decision.count()
    const answer = await callback(query, withToken)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await flow.here.db.decision.count()).toBe(decisions)
    return answer.text()
  }
  const changed = (given: URLSearchParams, change: (query: URLSearchParams) => void) => {
    const query = new URLSearchParams(given)
    change(query)
    return query
  }

  test('is 400 when a parameter is missing', async () => {
    const { given } = await arrive()
    expect(await refused(changed(given, (query) => query.delete('authRequestID')))).toMatch(/missing/)
    expect(await refused(changed(given, (query) => query.delete('userAgentID')))).toMatch(/missing/)
  })

  test('is added to the query that the gateway’s own address has, also twice', async () => {
    const { given } = await arrive()
    given.append('lang', 'de')
    given.append('lang', 'fr')
    const location = (await callback(given, token())).headers.get('location')
    expect(location).toContain('/idps/finish')
  })

  test('is 400 when it was changed, or belongs to another', async () => {
    const { given } = await arrive()
    const { given: other } = await arrive()
    const sealed = given.get('userAgentID')!
    for (const tampered of [
      `${sealed.slice(0, -4)}AAAA`,
      sealed.slice(1),
      'x',
      `${sealed}.`,
      other.get('userAgentID')!,
    ]) {
      expect(await refused(changed(given, (query) => query.set('userAgentID', tampered)))).toMatch(/changed/)
    }
    expect((await callback(given, token())).status).toBe(302)
  })

  test('can be used once, whatever the result', async () => {
    const { given } = await arrive()
    expect((await callback(given, token())).status).toBe(302)
    expect(await refused(given)).toMatch(/used already/)
    const { given: second } = await arrive()
    expect((await callback(second, 'no token')).headers.get('location')).toContain('token_malformed')
    expect(await refused(second)).toMatch(/used already/)
  })

  test('can be used by only one of many concurrent callers', async () => {
    const { given } = await arrive()
    const answers = await Promise.all(Array.from({ length: 8 }, () => callback(given, token())))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7)
  })

  test('is valid for ten minutes', async () => {
    const { given } = await arrive()
    const id = given.get('authRequestID')!
    const { createdAt, expiresAt } = await flow.here.db.signInIntent.findUniqueOrThrow({ where: { id } })
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(600_000)
    await flow.here.db.signInIntent.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await refused(given)).toMatch(/too old/)
  })

  test('ends with its provider', async () => {
    const id = await provider()
    const { given } = await arrive(id)
    await flow.here.admin.delete(`/admin/v1/idps/${id}`)
    await refused(given)
  })

  test('of another installation is 400', async () => {
    const other = await install({ KEYBOUND_SECRET: 'another secret for tests, known to all' })
    try {
      const { given } = await arrive()
      const answer = await fetch(`${other.keybound.baseUrl}/idps/jwt?${given}`, { redirect: 'manual' })
      expect(answer.status).toBe(400)
    } finally {
      await other.stop()
    }
  })
})

describe('the last step', () => {
  test('works once, in the browser that started', async () => {
    const { browser, given } = await arrive()
    const finish = (await callback(given, token())).headers.get('location')!
    const thief = createBrowser()
    expect((await thief.open(finish)).trail.at(-1)!.search).toBe('?reason=browser_differs')
    expect(await sessionOf(thief)).toBeNull()
    // A browser with a sign-in of its own under way is no better.
    const { browser: other } = await arrive()
    expect((await other.open(finish)).trail.at(-1)!.search).toBe('?reason=browser_differs')
    await browser.open(finish)
    expect(await sessionOf(browser)).not.toBeNull()
    const again = await browser.open(finish)
    expect(again.trail.at(-1)!.search).toBe('?reason=sign_in_state')
  })

  test('needs the secret of the previous step', async () => {
    const { browser, given } = await arrive()
    const finish = new URL((await callback(given, token())).headers.get('location')!)
    finish.searchParams.set('token', 'A'.repeat(43))
    expect((await browser.open(finish.href)).trail.at(-1)!.search).toBe('?reason=sign_in_state')
    expect((await browser.open(url('/idps/finish'))).trail.at(-1)!.search).toBe('?reason=sign_in_state')
    expect(await sessionOf(browser)).toBeNull()
  })

  test('two tabs of one browser may sign in side by side', async () => {
    const { browser, given } = await arrive()
    const second = new URL((await browser.fetch(url(`/idps/start/${flow.providerId}`))).headers.get('location')!)
    const one = (await callback(given, token())).headers.get('location')!
    const two = (await callback(second.searchParams, token())).headers.get('location')!
    expect((await browser.open(one)).trail.at(-1)!.search).toBe('')
    expect((await browser.open(two)).trail.at(-1)!.search).toBe('')
  })
})
