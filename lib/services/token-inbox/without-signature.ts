import type { EvaluationAnswer } from '@/lib/model/evaluation'
import { bareToken } from '@/lib/trust/engine/token'
import { isJsonObject, type JsonValue } from '@/lib/trust/json/json'

/** Shorter parts say nothing, and occur in other texts by chance. */
const telltaleCharacters = 6

const dropped = '…'

/**
 * Returns a verdict in which nothing of the token's signature is left: what stands behind the second dot, or all of a text that is no
 * signed token, is taken out of every text, names of claims included.
 */
export function withoutSignature(evaluation: EvaluationAnswer, sent: string): EvaluationAnswer {
  const secrets = secretsOf(sent).filter(({ length }) => length >= telltaleCharacters)
  const cleanText = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, dropped), text)
  const isSigned = sent.split('.').length === 3 && evaluation.claims !== null
  const cleaned = clean({ ...evaluation } as unknown as JsonValue, cleanText) as unknown as EvaluationAnswer
  if (isSigned) return cleaned
  // A text that cannot be taken apart is quoted in pieces, which no search finds.
  return {
    ...cleaned,
    ...{ header: null, claims: null },
    checks: cleaned.checks.map(({ expected: _, received: __, ...check }) => check),
  }
}

/** The signature, whole and in the pieces that more dots make; with what stands around it, as it was sent. */
function secretsOf(sent: string): string[] {
  const token = bareToken(sent)
  const segments = token.split('.')
  const behind = segments.length < 3 ? segments : segments.slice(2)
  return [...new Set([token, behind.join('.'), ...behind])].toSorted((one, other) => other.length - one.length)
}

function clean(value: JsonValue, cleanText: (text: string) => string): JsonValue {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map((item) => clean(item, cleanText))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [cleanText(name), clean(member, cleanText)] as const),
  )
}
