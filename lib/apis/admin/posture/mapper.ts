import type { z } from 'zod'
import { definitionOf, kinds, withKind } from '@/lib/trust/kinds'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { AnalysedTrust } from './wire'

type Sent = z.output<typeof AnalysedTrust>

/** Name of a trust that was written out without one. */
const nameUsual = 'trust'

/** Returns the part of a trust that is judged. Options that are not given are such that allow nothing. @throws ZodError */
export function toJudged(sent: Sent): JudgedPolicy {
  const { issuer, keys, keyUse, algorithms, rules, lifetime, grant } = sent
  const policy = { issuer, keys, algorithms, rules, lifetime, grant, ...(keyUse ? { keyUse } : {}) }
  return { ...policy, name: sent.name ?? nameUsual, enabled: sent.enabled, ...toKindPart(sent) }
}

function toKindPart({ method, options, foreign, signIn, project }: Sent) {
  const definition = definitionOf(method)
  const given = options ?? signIn ?? (project === undefined ? undefined : { project })
  if (given !== undefined) return kinds.schema.parse({ kind: method, options: given })
  if (foreign === undefined) return withKind(method, definition.standInOptions)
  return kinds.schema.parse({ kind: method, options: definition.fromPublished(foreign) })
}
