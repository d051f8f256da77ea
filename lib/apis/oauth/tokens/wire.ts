import { z } from 'zod'

/** Unknown parameters are ignored (RFC 6749 §3.2). */
const fields = {
  token: z.string('Give the token.').min(1, 'Give the token.').max(16_384),
  token_type_hint: z.string().max(100).optional().meta({ description: 'There is one type; not needed.' }),
  client_id: z.string().optional().meta({ description: 'With `client_secret`: the id of the identity.' }),
  client_secret: z.string().optional().meta({ description: 'An access token of that identity.' }),
}

export const Introspect = z
  .looseObject({
    ...fields,
    count_use: z
      .union([z.boolean(), z.enum(['true', 'false'])])
      .optional()
      .meta({ description: 'Whether asking is a use.' }),
  })
  .meta({ id: 'Introspect' })

export const IntrospectAnswer = z.looseObject({
  active: z.boolean(),
  sub: z.string().optional(),
  client_id: z.string().optional(),
  exp: z.number().optional(),
})

export const Revoke = z.looseObject(fields).meta({ id: 'Revoke' })
