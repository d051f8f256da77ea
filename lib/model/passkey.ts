import { z } from 'zod'
import { Name } from './identity'

const bytes = (max: number) => z.base64url().min(1).max(max)

/** A credential id has at most 1 023 bytes (WebAuthn §4). */
const credential = { id: bytes(1_400), rawId: bytes(1_400), type: z.literal('public-key') }

/**
 * A browser's answer to the creation of a passkey (WebAuthn §5.1, `RegistrationResponseJSON`); other members are
 * dropped.
 */
const NewPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(40_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
})

/** A browser's answer to a sign-in with a passkey (`AuthenticationResponseJSON`); other members are dropped. */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(4_000),
    userHandle: z.base64url().max(200).optional(),
  }),
})

export const PasskeyInput = z.strictObject({ name: Name, credential: NewPasskey })
export const PasskeyPatch = z.strictObject({ name: Name })
export const PasskeySignInInput = z.strictObject({ credential: PasskeyAssertion })

/** Maximum number of passkeys of a person. */
export const passkeysMax = 20
