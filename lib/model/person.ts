import { z } from 'zod'
import { roles } from '../trust/role'
import { Name } from './identity'

export const passwordLengthMin = 12
export const passwordLengthMax = 256

/** Lower-cased, for comparison. */
export const Email = z
  .email('Give an email address, for example ada@example.com.')
  .max(254)
  .transform((email) => email.toLowerCase())

export const Password = z
  .string()
  .min(passwordLengthMin, `At least ${passwordLengthMin} characters. A sentence is a good password.`)
  .max(passwordLengthMax, `At most ${passwordLengthMax} characters.`)

export const SetupInput = z.strictObject({
  email: Email,
  password: Password,
  organization: Name,
  name: Name.optional(),
})

export const MemberInput = z.strictObject({ email: Email, name: Name, password: Password, role: z.enum(roles) })

/** Changes that people make to their own account. */
export const AccountPatch = z.strictObject({ name: Name })

export const SignInInput = z.strictObject({
  email: Email,
  password: z.string().min(1, 'Give your password.').max(passwordLengthMax),
})

export const PasswordResetInput = z.strictObject({ token: z.string().max(200), newPassword: Password })

export const PasswordChange = z.strictObject({
  currentPassword: z.string().min(1, 'Give your current password.').max(passwordLengthMax),
  newPassword: Password,
})
