import { z } from 'zod'
import { withoutUnseen } from '@/lib/trust/unseen'

const [charactersMin, charactersMax] = [10, 1000]
const tooShort = `Say why in at least ${charactersMin} characters.`

/** Whether a text says something, to people who read it in the audit. */
export const saysWhy = (text: string): boolean =>
  Array.from(withoutUnseen(text).replace(/\s+/g, ' ').trim()).length >= charactersMin

/** Why a person does what has to be justified. */
export const Reason = z
  .string()
  .trim()
  .min(charactersMin, tooShort)
  .max(charactersMax, `Use at most ${charactersMax} characters.`)
  .refine((text) => text.length < charactersMin || saysWhy(text), tooShort)
