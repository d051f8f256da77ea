import { findClaim } from '../claims'
import type { JsonObject } from '../json/json'
import { presets } from './index'
import { claimText } from './name-pairs'
import { keptPresetOf } from './preset-of-claims'

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
  const preset = keptPresetOf(claims)
  if (!preset?.run) return null
  const { claim: path, workload } = preset.run
  const id = claimText(claims, path)
  const values = workload.map((one) => claimText(claims, one))
  const names = workload.flatMap((one, at) => (values[at] ? [{ path: one, value: values[at] }] : []))
  if (id === null || id === '' || names.length === 0) return null
  return { workload: JSON.stringify([iss, preset.id, ...values]), id, path, names }
}
