'use client'

import { useEffect, useSyncExternalStore } from 'react'

/*
 * Counts what requests of this page carry of the tokens that are pasted into it. All requests to our server go through
 * `meteredFetch`; the content security policy allows no other destination.
 */

/** Bytes sent, by token, while a tester shows it. */
const sentBytes = new Map<string, number>()
const listeners = new Set<() => void>()

/** As `fetch` with a text as body. */
export function meteredFetch(url: string, init: RequestInit & { body?: string | undefined } = {}): Promise<Response> {
  const text = `${url}\n${init.body ?? ''}`
  for (const [token, before] of sentBytes) {
    const bytes = bytesWithin(text, token)
    if (bytes > 0) sentBytes.set(token, before + bytes)
  }
  for (const notify of listeners) notify()
  return fetch(url, init)
}

/** Returns how many bytes of a token requests have carried since it is shown. */
export function useSentBytes(token: string): number {
  useEffect(() => {
    if (token === '') return
    if (!sentBytes.has(token)) sentBytes.set(token, 0)
    return () => void sentBytes.delete(token)
  }, [token])
  return useSyncExternalStore(subscribe, () => sentBytes.get(token) ?? 0, none)
}

function subscribe(notify: () => void) {
  listeners.add(notify)
  return () => void listeners.delete(notify)
}

const none = () => 0

/** Shorter segments occur in other texts by chance. */
const segmentCharactersMin = 12

/** A segment alone counts: claims and signature are the token as much as all of it. Tokens are ASCII. */
export function bytesWithin(text: string, token: string): number {
  const segments = token.split('.').filter(({ length }) => length >= segmentCharactersMin)
  return segments.reduce((sum, segment) => sum + (text.split(segment).length - 1) * segment.length, 0)
}
