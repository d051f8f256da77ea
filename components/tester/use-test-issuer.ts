'use client'

import { useEffect, useRef, useState } from 'react'
import type { TestKey } from '@/lib/client/test-token'
import type { Breakage } from '@/lib/client/token-breakages'
import { isJsonObject, parseJson, stringifyJson } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'

/** After how many days a test key ends. */
export const testKeyDays = [1, 7, 30] as const

type Signing = typeof import('./test-signing')

const endOf = (days: number) => Date.now() / 1000 + days * 86_400

/**
 * Test issuer in this tab: a key pair, and claims signed after every change. `onToken` gets each token, `onKey` the
 * public PEM, again when its end is changed. Nothing is sent or stored.
 */
export function useTestIssuer({
  policy,
  onToken,
  onKey,
}: {
  policy: TrustPolicy
  onToken: (token: string) => void
  onKey: (pem: string, endsAt: number) => void
}) {
  const [made, setMade] = useState<{ key: TestKey; signing: Signing } | null>(null)
  const [claims, setClaims] = useState('')
  const [broken, setBroken] = useState<Breakage | null>(null)
  const [days, setDays] = useState<number>(testKeyDays[0])
  const [failure, setFailure] = useState<string | null>(null)
  const turn = useRef(0)
  useEffect(() => () => void turn.current++, [])

  /** Only the newest token is passed on, however long an older one takes to sign. */
  async function hand(making: Promise<string>) {
    const mine = ++turn.current
    const token = await making
    if (mine === turn.current) onToken(token)
  }

  async function open() {
    const signing = await import('./test-signing').catch(() => null)
    if (!signing) return setFailure('The test issuer could not be loaded. Check your connection and try again.')
    try {
      const key = await signing.makeTestKey()
      const text = stringifyJson(signing.sampleClaims(policy, Date.now() / 1000), 2)
      setMade({ key, signing })
      setClaims(text)
      setBroken(null)
      setFailure(null)
      onKey(key.pem, endOf(days))
      await hand(signing.signTestToken(key, text))
    } catch {
      setFailure('The browser cannot generate keys on this page: open it over https or on localhost.')
    }
  }

  async function edit(text: string) {
    setClaims(text)
    setBroken(null)
    if (made && made.signing.claimsProblem(text) === null) await hand(made.signing.signTestToken(made.key, text))
  }

  async function breakIt(breakage: Breakage) {
    const parsed = parseJson(claims)
    if (!made || !parsed.ok || !isJsonObject(parsed.value)) return
    setBroken(breakage)
    await hand(made.signing.breakTestToken(made.key, parsed.value, breakage, Date.now() / 1000))
  }

  /** Sets issue time and expiry; every other claim stays. */
  async function renew() {
    const parsed = parseJson(claims)
    if (!made || !parsed.ok || !isJsonObject(parsed.value)) return
    const iat = Math.floor(Date.now() / 1000)
    await edit(stringifyJson({ ...parsed.value, iat, exp: iat + made.signing.testTokenSeconds }, 2))
  }

  /** Restarts from the form's current requirements, with the same key. */
  async function refill() {
    if (made) await edit(stringifyJson(made.signing.sampleClaims(policy, Date.now() / 1000), 2))
  }

  /** The same key, with another end. */
  function endAfter(chosen: number) {
    setDays(chosen)
    if (made) onKey(made.key.pem, endOf(chosen))
  }

  function close() {
    turn.current++
    setMade(null)
  }

  const problem = made ? made.signing.claimsProblem(claims) : null
  return {
    isOpen: made !== null,
    claims,
    problem,
    broken,
    days,
    failure,
    endAfter,
    open,
    edit,
    breakIt,
    renew,
    refill,
    close,
  }
}
