import { z } from 'zod'

/** What may be bound is one line of text: control characters are always a slip. */
const oneLine = (value: string) => !/\p{Cc}/u.test(value)

/** An exact `iss`. What is said of `id:` keeps the other name of an issuer in a path unambiguous. */
export const Iss = z
  .string()
  .min(1, 'Give the issuer, exactly as its tokens name it.')
  .max(500)
  .refine(oneLine, 'An issuer is one line without control characters.')
  .refine((iss) => !/^id:[0-9a-f-]{36}$/i.test(iss), 'An issuer cannot look like the internal id of one.')
  .meta({ description: 'Issuer of the JWT, exact and case-sensitive.' })

/** A label inside the caller's organization. */
export const ProjectId = z
  .string()
  .min(1, 'Give the project.')
  .max(200)
  .refine(oneLine, 'A project is one line without control characters.')

/** Values of a claim, compared letter by letter. */
export const ClaimValues = z
  .array(z.string().min(1, 'A value cannot be empty.').max(2048).refine(oneLine, 'No control characters.'))
  .max(1000)

/** The one description of a uint64 on this wire. JSON writes it as an integer; its decimal text is taken as well. */
export const Uint64 = z.unknown().meta({
  override: {
    anyOf: [
      { type: 'integer', format: 'uint64', minimum: 0 },
      { type: 'string', pattern: '^(0|[1-9][0-9]{0,19})$' },
      { type: 'null' },
    ],
  },
  description:
    'A whole number from 0 to 18446744073709551615, exact. Clients whose JSON rounds beyond 2^53 may send its decimal text.',
})

/** `['keys', 0, 'kid']` → `keys[0].kid`. */
export const fieldName = (path: readonly (string | number)[]) =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
