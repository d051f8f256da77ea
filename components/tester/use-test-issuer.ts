'use client'

import { useEffect, useRef, useState } from 'react'
import {
  type Breakage,
  breakTestToken,
  claimsProblem,
  makeTestKey,
  signTestToken,
  type TestKey,
} from '@/lib/client/test-token'
import { isJsonObject, parseJson, stringifyJson } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'
import { sampleClaims, testTokenSeconds } from './sample-claims'

/** After how many days a test key ends. */
export const testKeyDays = [1, 7, 30] as const

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
  const [key, setKey] = useState<TestKey | null>(null)
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
    try {
      const made = await makeTestKey()
      const text = stringifyJson(sampleClaims(policy, Date.now() / 1000), 2)
      setKey(made)
      setClaims(text)
      setBroken(null)
      setFailure(null)
      onKey(made.pem, endOf(days))
      await hand(signTestToken(made, text))
    } catch {
      setFailure('This browser makes no keys here: open the page over https or on localhost.')
    }
  }

  async function edit(text: string) {
    setClaims(text)
    setBroken(null)
    if (key && claimsProblem(text) === null) await hand(signTestToken(key, text))
  }

  async function breakIt(breakage: Breakage) {
    const parsed = parseJson(claims)
    if (!key || !parsed.ok || !isJsonObject(parsed.value)) return
    setBroken(breakage)
    await hand(breakTestToken(key, parsed.value, breakage, Date.now() / 1000))
  }

  /** Sets issue time and expiry; every other claim stays. */
  async function renew() {
    const parsed = parseJson(claims)
    if (!parsed.ok || !isJsonObject(parsed.value)) return
    const iat = Math.floor(Date.now() / 1000)
    await edit(stringifyJson({ ...parsed.value, iat, exp: iat + testTokenSeconds }, 2))
  }

  /** Restarts from the form's current requirements, with the same key. */
  const refill = () => edit(stringifyJson(sampleClaims(policy, Date.now() / 1000), 2))

  /** The same key, with another end. */
  function endAfter(chosen: number) {
    setDays(chosen)
    if (key) onKey(key.pem, endOf(chosen))
  }

  function close() {
    turn.current++
    setKey(null)
  }

  const problem = key ? claimsProblem(claims) : null
  return {
    isOpen: key !== null,
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
