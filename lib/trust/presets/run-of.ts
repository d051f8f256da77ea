import { findClaim } from '../claims'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json'
import { presets } from './index'
import { claimText } from './name-pairs'
import type { Preset } from './preset'
import { readIssuer } from './preset-for'
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

/** Presets of issuers that tell theirs; `undecided` where subject and claims do. */
const byIssuer = new Map<string, Preset | null | 'undecided'>()
const byClaims = new Map<string, Preset | null>()
const [knownMax, keyCharactersMax] = [1_000, 4_000]

function presetOfNames(iss: string, claims: JsonObject): Preset | null {
  const told = once(byIssuer, iss, () => presetOfIssuer(iss))
  if (told !== 'undecided') return told
  // All that `recognise` decides by: the same names alone may be the claims of another tenant, with other things in them.
  const key = JSON.stringify([iss, claims.sub, JSON.stringify(claims, withoutValues)])
  return once(byClaims, key, () => recognise(claims).preset)
}

function presetOfIssuer(iss: string): Preset | null | 'undecided' {
  const readings = presets.flatMap((preset) => readIssuer(preset, iss) ?? [])
  const [only] = readings
  if (!only) return null
  return readings.length === 1 && only.variant.isTelling ? only.preset : 'undecided'
}

const withoutValues = (_: string, value: JsonValue) => (isJsonObject(value) ? value : 0)

function once<Found>(known: Map<string, Found>, key: string, find: () => Found): Found {
  const before = known.get(key)
  if (before !== undefined) return before
  const found = find()
  if (key.length > keyCharactersMax) return found
  if (known.size >= knownMax) known.clear()
  known.set(key, found)
  return found
}
