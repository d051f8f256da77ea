import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { kinds } from '@/lib/trust/kinds'
import { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

const Named = TrustPolicy.extend({ name: z.string(), enabled: z.boolean() })

/** Returns the draft of an inbox. @throws AppError `unexpected` where the row was changed by hand */
export function readPolicy(text: string): JudgedPolicy {
  const named = storedOrNull(text, Named)
  const kind = storedOrNull(text, kinds.schema)
  if (!named || !kind) throw new AppError('unexpected', 'The draft of this inbox cannot be read. Open another one.')
  return { ...named, ...kind }
}
