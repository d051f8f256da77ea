import { z } from 'zod'
import { oneLine } from '@/lib/trust/kinds/issuer'

/** Values of a claim, compared exactly. */
export const ClaimValues = z
  .array(z.string().min(1, 'A value cannot be empty.').max(2048).refine(oneLine, 'No control characters.'))
  .max(1000)

/** Schema of a uint64 on this wire: an integer in JSON, or decimal text. */
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
