'use client'

import { useState } from 'react'
import type { Control } from 'react-hook-form'
import { PasswordField } from '@/components/form/password-field'
import { TextField } from '@/components/form/text-field'
import { Callout } from '@/components/ui/callout'
import type { Account, Proof } from '@/lib/client/account'

/** Typed proof, and the name of a new passkey; empty where nothing was typed. */
export type ProofValues = { password: string; code: string; name: string }
export const noProof: ProofValues = { password: '', code: '', name: '' }

/** Returns the proof in the form that the API takes. */
export const toProof = ({ password, code }: ProofValues): Proof =>
  password ? { password } : code.trim() ? { code } : {}

/** Asks for the password or a code; explains what to do where there is neither. */
export function ProofFields({ account, control }: { account: Account; control: Control<ProofValues> }) {
  const hasCode = account.secondFactor !== null
  const [byCode, setByCode] = useState(!account.hasPassword)
  if (!account.hasPassword && !hasCode) {
    return (
      <Callout tone="attention" title="Sign in again first">
        You have no password. Sign out and in again, and return to this page within ten minutes.
      </Callout>
    )
  }
  const other = account.hasPassword && hasCode
  return (
    <div className="grid justify-items-start gap-1.5 *:w-full">
      {byCode ? (
        <TextField
          control={control}
          name="code"
          label="Code"
          help="Six digits of your authenticator app, or a recovery code."
          placeholder="123456"
          mono
          autoComplete="one-time-code"
        />
      ) : (
        <PasswordField control={control} name="password" label="Your password" autoComplete="current-password" />
      )}
      {other && (
        <button
          type="button"
          className="w-auto! rounded-sm text-accent-text text-compact hover:underline"
          onClick={() => setByCode(!byCode)}
        >
          {byCode ? 'Use your password instead' : 'Use a code instead'}
        </button>
      )}
    </div>
  )
}
