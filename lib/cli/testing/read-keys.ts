import { readKeySet } from '@/lib/net/read-key-set'
import { isJsonObject } from '@/lib/trust/json/json'
import { localKeysOf } from '@/lib/trust/key-sources'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { KeySource } from '@/lib/trust/policy'
import { type Terminal, WrongUsage } from '../command'
import { nameOf, readText, toJson } from '../trust-files/read-json'

/** Keys in place of those that a URL would give: a set, or a source that holds them and, as PEM, has no key ids. */
export type GivenKeys = { set: KeySet } | { source: KeySource }

/** Reads public keys from a file: a JSON Web Key Set, one JSON Web Key, or PEM. @throws WrongUsage */
export async function readKeys(file: string, terminal: Pick<Terminal, 'stdin' | 'pathOf'>): Promise<GivenKeys> {
  const text = await readText(file, terminal)
  if (!/^\s*[[{]/.test(text)) {
    const source: KeySource = { kind: 'static-pem', pem: text }
    const set = await localKeysOf(source)
    if (set?.status === 'ok') return { source }
    throw new WrongUsage(`${nameOf(file)} holds no public key: ${set?.fix ?? 'it cannot be read'}`)
  }
  const value = toJson(file, text)
  if (!isJsonObject(value)) throw new WrongUsage(`${nameOf(file)}: a JSON Web Key Set as a JSON object is expected.`)
  const reading = readKeySet({ ok: true, value: value.kty === undefined ? value : { keys: [value] } })
  if (reading.ok) {
    const { keys, ignored } = reading
    return { set: { status: 'ok', keys, fetchedAt: null, stale: null, ignored } }
  }
  const problem = reading.reason === 'no-usable-key' ? `${reading.message} ${reading.faults}` : `It ${reading.problem}.`
  throw new WrongUsage(`${nameOf(file)} is no set of keys. ${problem}`)
}
