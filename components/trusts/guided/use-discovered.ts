'use client'

import { useEffect, useState } from 'react'
import { useDiscoveredKeys } from '@/lib/client/keys'
import type { Guide } from '@/lib/model/set-up-guide'
import type { KindForm } from '../form/kind-form'

/** Pause in typing before an address is fetched, in milliseconds. */
const pauseMs = 800

/**
 * The guide with the address of the issuer's keys in place of its discovery document, for kinds that take no document. The server
 * fetches it, after a pause in typing and once every question has an answer.
 */
export function useDiscovered(form: KindForm, guide: Guide | null) {
  const keys = guide?.keys
  const isTaken = form.fixedRows.length === 0 || (keys && form.fixedRows.includes(keys.kind))
  const source = guide && guide.missing.length === 0 && keys && !isTaken ? keys : null
  const url = source?.url ?? null
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(url), pauseMs)
    return () => clearTimeout(timer)
  }, [url])
  const found = useDiscoveredKeys(url !== null && url === settled ? source : null)
  const jwksUrl = url === settled ? (found.data?.jwksUrl ?? null) : null
  return {
    guide:
      guide && jwksUrl !== null ? { ...guide, keys: { kind: 'jwks-url' as const, url: jwksUrl, caCert: '' } } : guide,
    isPending: url !== null && (url !== settled || found.isPending),
    /** Why the address is not known. */
    problem: url !== null && url === settled ? (found.error?.message ?? found.data?.problem ?? null) : null,
  }
}
