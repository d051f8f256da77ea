import { isJsonObject, type JsonObject, type JsonProblem, parseJson } from '@/lib/trust/json/json'

/** A foreign JSON object, or what is wrong with it as the end of a sentence: "is not valid JSON". */
export type JsonDocument = { ok: true; value: JsonObject } | { ok: false; problem: string }

/**
 * Reads bytes as one JSON object in UTF-8 (RFC 8259 §8.1), duplicate members refused. Nothing of the document is
 * repeated in the problem: who asked for it may not be meant to read it.
 */
export function readJsonObject(bytes: Uint8Array): JsonDocument {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, problem: 'is not UTF-8 text' }
  }
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, problem: problems[parsed.code] }
  if (!isJsonObject(parsed.value)) return { ok: false, problem: 'is JSON, but not an object' }
  return { ok: true, value: parsed.value }
}

const problems: Record<JsonProblem, string> = {
  syntax: 'is not valid JSON',
  duplicate: 'has the same member twice in one object, so readers would disagree about it',
  depth: 'is nested too deeply',
  number: 'holds a number too large to be read',
  surrogate: 'holds text that is not valid Unicode',
  values: 'holds more values than a document may',
}
