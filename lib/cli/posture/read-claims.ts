import { decodeToken } from '@/lib/trust/engine/token'
import { isJsonObject, type JsonObject } from '@/lib/trust/json/json'
import { type Terminal, WrongUsage } from '../command'
import { nameOf, readText, toJson } from '../trust-files/read-json'

/**
 * Reads the claims of a token from a file: a JSON object, or the token itself, whose signature does not count here.
 * @throws WrongUsage
 */
export async function readClaims(file: string, terminal: Pick<Terminal, 'stdin' | 'pathOf'>): Promise<JsonObject> {
  const text = await readText(file, terminal)
  const { claims } = decodeToken(text)
  if (claims.ok) return claims.value
  const value = toJson(file, text)
  if (isJsonObject(value)) return value
  throw new WrongUsage(`${nameOf(file)}: the claims of a token as a JSON object, or the token, are expected.`)
}
