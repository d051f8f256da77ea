import type { JsonObject } from '@/lib/trust/json/json'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/** A form in which a file can hold a trust: the body, or the answer, of an API. */
export type TrustForm = {
  id: string
  /** What it is, for messages. */
  title: string
  /** Whether the members of an object are those of this form. */
  isMeant(members: JsonObject): boolean
  /** @throws AppError `invalid` or `rule`, ZodError: with the wrong fields */
  toTrust(members: JsonObject): JudgedPolicy
}

export const defineTrustForm = (form: TrustForm): TrustForm => form

/** The members but for some, which answers have and bodies have not. */
export const without = (members: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))

export const hasAny = (members: JsonObject, names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(members, name))

/** An id for mappers that ask for the identity of a trust; nothing reads it. */
export const noIdentity = '00000000-0000-4000-8000-000000000000'
