import { findClaim } from '../claims'
import type { JsonObject } from '../json/json'
import { presets } from './index'
import { claimText } from './name-pairs'
import type { Preset } from './preset'
import { recognise } from './recognise'

/** Which run of which workload a token is of. */
export type Run = {
  /** Tells the workload from all others: its issuer and the claims that name it. */
  workload: string
  /** The id of the run, unique within the workload, and the address of its claim. */
  id: string
  path: string
  /** The claims that name the workload, those that are there. */
  names: { path: string; value: string }[]
}

/** Claims of which a token must have one to say a run. Most tokens have none, and are not looked at further. */
const runClaims = [...new Set(presets.flatMap(({ run }) => run?.claim ?? []))]

/** Returns the run that the claims of a token name by the preset of their issuer, or null. */
export function runOf(claims: JsonObject): Run | null {
  const { iss } = claims
  if (typeof iss !== 'string' || !runClaims.some((path) => findClaim(claims, path) !== undefined)) return null
  const preset = presetOfNames(iss, claims)
  if (!preset?.run) return null
  const { claim: path, workload } = preset.run
  const id = claimText(claims, path)
  const values = workload.map((one) => claimText(claims, one))
  const names = workload.flatMap((one, at) => (values[at] ? [{ path: one, value: values[at] }] : []))
  if (id === null || id === '' || names.length === 0) return null
  return { workload: JSON.stringify([iss, preset.id, ...values]), id, path, names }
}

/** Tokens of one issuer with claims of the same names are of one preset, which is found once. */
const known = new Map<string, Preset | null>()
const [knownMax, keyCharactersMax] = [500, 4_000]

function presetOfNames(iss: string, claims: JsonObject): Preset | null {
  const key = JSON.stringify([iss, ...Object.keys(claims).sort()])
  const before = known.get(key)
  if (before !== undefined) return before
  const { preset } = recognise(claims)
  if (key.length > keyCharactersMax) return preset
  if (known.size >= knownMax) known.clear()
  known.set(key, preset)
  return preset
}
