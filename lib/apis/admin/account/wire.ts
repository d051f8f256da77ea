import { z } from 'zod'
import { TotpCode } from '@/lib/model/second-factor'

export { PasskeyInput, PasskeyPatch } from '@/lib/model/passkey'
export { AccountPatch } from '@/lib/model/person'
export { Proof } from '@/lib/model/second-factor'

export const PasskeyAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    isBackedUp: z.boolean().meta({ description: 'Whether it is synchronised to other devices.' }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Passkey' })
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>

/** Options for the browser, as `navigator.credentials` takes them in JSON (WebAuthn §5.1.9, §5.1.10). */
export const PasskeyOptionsAnswer = z.object({ options: z.record(z.string(), z.unknown()) })
export type PasskeyOptionsAnswer = z.output<typeof PasskeyOptionsAnswer>

export const AccountAnswer = z
  .object({
    hasPassword: z.boolean(),
    secondFactor: z
      .object({ confirmedAt: z.iso.datetime(), recoveryCodesLeft: z.number() })
      .nullable()
      .meta({ description: 'Codes of an authenticator app; null where none are set up.' }),
    passkeys: z.array(PasskeyAnswer),
    passkeysAvailable: z.boolean().meta({ description: 'Whether browsers give passkeys at this address.' }),
    isSecondFactorRequired: z.boolean(),
    needsProof: z.boolean().meta({
      description:
        'Whether the sign-in is more than ten minutes old, so that changes of how one signs in need a password or code.',
    }),
  })
  .meta({ id: 'Account' })
export type AccountAnswer = z.output<typeof AccountAnswer>

export const EnrolmentAnswer = z.object({
  secret: z.string().meta({ description: 'Base32, for typing it into an app. Shown only now.' }),
  uri: z.string().meta({ description: 'The same as an `otpauth:` address, for a QR code.' }),
})
export type EnrolmentAnswer = z.output<typeof EnrolmentAnswer>

export const EnrolmentConfirmation = z.strictObject({ code: TotpCode })

export const RecoveryCodesAnswer = z.object({
  recoveryCodes: z.array(z.string()).meta({ description: 'Each replaces a code once. Shown only now.' }),
})
export type RecoveryCodesAnswer = z.output<typeof RecoveryCodesAnswer>
