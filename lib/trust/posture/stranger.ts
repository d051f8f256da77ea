import type { Preset } from '../presets/preset'
import { print } from '../presets/template'

/** A subject that the issuer gives to a stranger: the usual form, with other facts. Null where the preset has none. */
export function strangerOf(preset: Preset): string | null {
  const facts = Object.fromEntries(Object.entries(preset.facts).map(([name, { other }]) => [name, other]))
  for (const { template, escape: escaping } of preset.subjects) {
    const text = print(template, facts, escaping)
    if (text !== null) return text
  }
  return null
}
