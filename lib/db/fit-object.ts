import type { JsonObject } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'

/** The member that says how many others were left out. */
export const leftOutName = '…'

/** The members of an object that fit into so many characters of JSON, in their order, and how many did not. */
export function fitObject(object: JsonObject, charactersMax: number): JsonObject {
  // Usually all of them: each is as long as in the whole, which has two characters more than they have, but for one comma.
  if (jsonText(object).length - 1 <= charactersMax) return object
  let left = charactersMax
  const entries = Object.entries(object)
  const fitting = entries.filter(([name, value]) => {
    const characters = jsonText(name).length + jsonText(value).length + 2
    if (characters > left) return false
    left -= characters
    return true
  })
  const leftOut = entries.length - fitting.length
  return leftOut === 0 ? object : Object.fromEntries([...fitting, [leftOutName, `${leftOut} more, not kept`]])
}
