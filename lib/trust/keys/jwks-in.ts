import { isJsonObject, type JsonObject, parseJson } from '../json/json'
import { unwrapText } from '../unwrap-text'

/** The JSON Web Keys a text spells, alone, in a list or in a set; null when it is something else. */
export function jwksIn(text: string): JsonObject[] | null {
  const unwrapped = unwrapText(text)
  if (unwrapped.kind !== 'text' || !/^[[{]/.test(unwrapped.text)) return null
  const parsed = parseJson(unwrapped.text)
  if (!parsed.ok) return null
  const { value } = parsed
  const list = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : Array.isArray(value) ? value : [value]
  const keys = list.filter(isJsonObject)
  return keys.length === list.length && keys.some(({ kty }) => kty !== undefined) ? keys : null
}
