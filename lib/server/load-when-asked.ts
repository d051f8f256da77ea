import { AsyncResource } from 'node:async_hooks'
import type { Pages } from './listener'

/**
 * Pages whose framework is loaded at the first request for one: a server that only answers APIs never needs its code and memory.
 * Requests that come meanwhile wait for the same load; one that fails is tried again by the next request. What is loaded runs outside of that request:
 * callbacks it keeps for good would else see the cookie of the first visitor.
 */
export function loadWhenAsked(load: () => Promise<Pages>): Pages {
  const outside = new AsyncResource('pages')
  let loading: Promise<Pages> | null = null
  return async (request, response) => {
    loading ??= outside.runInAsyncScope(load).catch((error) => {
      loading = null
      throw error
    })
    const pages = await loading
    return pages(request, response)
  }
}
