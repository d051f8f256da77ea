import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { loadWhenAsked } from './load-when-asked'

const request = (url: string) => ({ url }) as IncomingMessage
const response = {} as ServerResponse

test('pages are loaded once, by the first request, and answer all that came meanwhile', async () => {
  const answered: string[] = []
  let loads = 0
  let finish = () => {}
  const pages = loadWhenAsked(async () => {
    loads += 1
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    return async ({ url }) => void answered.push(url ?? '')
  })
  expect(loads).toBe(0)
  const waiting = ['/a', '/b'].map((url) => pages(request(url), response))
  expect([loads, answered]).toEqual([1, []])
  finish()
  await Promise.all(waiting)
  await pages(request('/c'), response)
  expect([loads, answered]).toEqual([1, ['/a', '/b', '/c']])
})

test('a load that fails fails the requests that wait for it, and the next one loads again', async () => {
  let isBroken = true
  const pages = loadWhenAsked(async () => {
    if (isBroken) throw new Error('a file is missing')
    return async () => {}
  })
  await expect(pages(request('/'), response)).rejects.toThrow('a file is missing')
  isBroken = false
  await expect(pages(request('/'), response)).resolves.toBeUndefined()
})

test('the load, and what it begins, sees nothing of the request that asked for it', async () => {
  const visitor = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  const pages = loadWhenAsked(async () => {
    seen.push(visitor.getStore())
    await new Promise((resolve) => setImmediate(resolve))
    seen.push(visitor.getStore())
    return async () => void seen.push(visitor.getStore())
  })
  await visitor.run('Ada', async () => pages(request('/'), response))
  expect(seen).toEqual([undefined, undefined, 'Ada'])
})
