'use client'

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { PasskeyOptionsAnswer } from '@/lib/apis/admin/account/wire'
import { request } from './http'

/** Whether this browser supports passkeys; false on the server. */
export function useKnowsPasskeys(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => browserSupportsWebAuthn(),
    () => false,
  )
}

/** Signs in with a passkey that the browser offers. */
export function useSignInWithPasskey() {
  return useMutation({
    mutationFn: async () => {
      const { options } = await request<PasskeyOptionsAnswer>('/session/passkey/options', { method: 'POST' })
      const credential = await startAuthentication({ optionsJSON: asRequest(options) }).catch(asPasskeyError)
      await request<unknown>('/session/passkey', { method: 'POST', body: { credential } })
    },
    gcTime: 0,
  })
}

/** Describes why the browser returned no passkey (WebAuthn §5.1.3, §5.1.4). */
export function asPasskeyError(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : ''
  throw new Error(
    sentences[name] ?? 'The browser could not use a passkey here. Sign in another way, or try another browser.',
    {
      cause,
    },
  )
}

const sentences: Record<string, string> = {
  NotAllowedError: 'The browser gave no passkey: it was cancelled, or took too long. Try again.',
  InvalidStateError: 'This device has a passkey for you here already.',
  SecurityError: 'Passkeys do not work at this address. Open the address that PUBLIC_URL names.',
  NotSupportedError: 'This device cannot make a passkey that verifies you. Use another one.',
}

/** Created by the server for this call; the browser validates them. */
const asRequest = (options: unknown) => options as PublicKeyCredentialRequestOptionsJSON
