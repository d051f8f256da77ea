import { z } from 'zod'
import { canonicalId } from '@/lib/trust/uuid'

/** Text of `min`…200 Unicode code points, with the messages of the real server's validation. */
export const runes = (request: string, field: string, min: 0 | 1) =>
  z
    .string()
    .refine((text) => hasRunes(text, min), {
      error: `invalid ${request}.${field}: value length must be ${min === 1 ? 'between 1 and 200 runes, inclusive' : 'at most 200 runes'}`,
      abort: true,
    })
    .meta({ ...(min === 1 ? { minLength: 1 } : {}), maxLength: 200 })
    .prefault('')

/** As `runes`, for an id of ours. */
export const ourId = (request: string, field: string, min: 0 | 1) =>
  runes(request, field, min).unwrap().overwrite(canonicalId).prefault('')

/** URL to send browsers to, or to fetch keys from. */
export const webAddress = (request: string, field: string) =>
  runes(request, field, 1)
    .refine(isWebAddress, {
      error: `invalid ${request}.${field}: value must be a full http or https URL without credentials`,
    })
    .meta({ format: 'uri' })

/** Enum, by name or number. */
export const protoEnum = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z
    .union(
      [
        z.enum(names),
        z
          .int()
          .min(0)
          .max(names.length - 1),
      ],
      {
        error: ({ input }) => `unknown enum value ${JSON.stringify(input)}; one of ${names.join(', ')}`,
      },
    )
    .prefault(0)

/** Returns the number of an enum's value. */
export const enumNumber = (names: readonly string[], value: string | number) =>
  typeof value === 'number' ? value : names.indexOf(value)

/** Unsigned integer: a number, or decimal text. */
export const Uint = z
  .union([z.int().min(0), z.string().regex(/^\d{1,20}$/)], { error: 'not an unsigned integer' })
  .prefault(0)

/** Sequence, times and owner of a change: all four fields in every answer (docs/apis/zitadel.md, "`details`"). */
export const Details = z.object({
  sequence: z.string().meta({ description: 'Unsigned 64-bit, decimal. Grows with every change, with gaps.' }),
  creationDate: z.iso.datetime(),
  changeDate: z.iso.datetime(),
  resourceOwner: z.string(),
})
export type Details = z.output<typeof Details>

export const DetailsAnswer = z.object({ details: Details })

const hasRunes = (text: string, min: number) => {
  const count = Array.from(text).length
  return count >= min && count <= 200
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}
