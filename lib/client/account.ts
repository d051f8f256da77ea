'use client'

import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser'
import { useMutation, useQuery } from '@tanstack/react-query'
import type {
  AccountAnswer,
  EnrolmentAnswer,
  PasskeyAnswer,
  PasskeyOptionsAnswer,
  RecoveryCodesAnswer,
} from '@/lib/apis/admin/account/wire'
import type { Proof } from '@/lib/model/second-factor'
import { request } from './http'
import { asPasskeyError } from './passkeys'
import { useInvalidate } from './use-invalidate'

export type Account = AccountAnswer
export type Passkey = PasskeyAnswer
export type { Proof }

const accountKeys = { root: ['account'] as const }

/** Sign-in methods of the signed-in person. Never cached: whether a proof is needed depends on the time. */
export function useAccount() {
  return useQuery({
    queryKey: accountKeys.root,
    queryFn: ({ signal }) => request<AccountAnswer>('/account', { signal }),
    staleTime: 0,
  })
}

export function useRenameSelf() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: (name: string) => request<void>('/account', { method: 'PATCH', body: { name } }),
    onSuccess: refresh,
  })
}

/** Creates a secret for an authenticator app; it counts after a first code. */
export function useBeginEnrolment() {
  return useMutation({
    mutationFn: (proof: Proof) => request<EnrolmentAnswer>('/account/second-factor', { method: 'POST', body: proof }),
    // Secrets are in the variables and in the answer.
    gcTime: 0,
  })
}

/** Completes the enrolment; `useRefreshAccount` shows it once the recovery codes were read. */
export function useConfirmEnrolment() {
  return useMutation({
    mutationFn: (code: string) =>
      request<RecoveryCodesAnswer>('/account/second-factor', { method: 'PUT', body: { code } }),
    gcTime: 0,
  })
}

export function useRemoveSecondFactor() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: (proof: Proof) => request<void>('/account/second-factor/removal', { method: 'POST', body: proof }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

export function useRenewRecoveryCodes() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: (proof: Proof) =>
      request<RecoveryCodesAnswer>('/account/second-factor/recovery-codes', { method: 'POST', body: proof }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

/** Creates a passkey in the browser and registers it. */
export function useAddPasskey() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: async ({ name, ...proof }: Proof & { name: string }) => {
      const { options } = await request<PasskeyOptionsAnswer>('/account/passkeys/options', {
        method: 'POST',
        body: proof,
      })
      const credential = await startRegistration({ optionsJSON: asCreation(options) }).catch(asPasskeyError)
      return request<PasskeyAnswer>('/account/passkeys', { method: 'POST', body: { name, credential } })
    },
    onSuccess: refresh,
    gcTime: 0,
  })
}

export function useRenamePasskey() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      request<void>(passkeyPath(id), { method: 'PATCH', body: { name } }),
    onSuccess: refresh,
  })
}

export function useRemovePasskey() {
  const refresh = useRefreshAccount()
  return useMutation({
    mutationFn: ({ id, ...proof }: Proof & { id: string }) =>
      request<void>(`${passkeyPath(id)}/removal`, { method: 'POST', body: proof }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

/** Invalidates every query about the signed-in person. */
export const useRefreshAccount = () => useInvalidate(accountKeys.root, ['session'], ['members'])

const passkeyPath = (id: string) => `/account/passkeys/${encodeURIComponent(id)}`

/** Created by the server for this call; the browser validates them. */
const asCreation = (options: unknown) => options as PublicKeyCredentialCreationOptionsJSON
