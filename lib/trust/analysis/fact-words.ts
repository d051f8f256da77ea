import { shortenText } from '../cut-text'
import type { Preset } from '../presets/preset'
import type { Recognition } from '../presets/recognise'
import type { FactValues } from '../presets/template'

/** What a token says whose platform is known. */
export type Recognised = Recognition & { preset: Preset }

/** A value for people, shortened. */
export const shown = (value: string) => JSON.stringify(shortenText(value, 200))

/** The facts in which a token differs from what is wanted: those that name another customer or workload first. */
export const differingFacts = (
  preset: Preset,
  names: readonly string[],
  said: FactValues,
  wanted: FactValues,
): string[] =>
  names
    .filter((name) => said[name] !== undefined && wanted[name] !== undefined && said[name] !== wanted[name])
    .sort((one, other) => rankOf(preset, one) - rankOf(preset, other))

const roles = ['tenant', 'workload', 'context']
const rankOf = ({ facts }: Preset, name: string) => roles.indexOf(facts[name]?.role ?? 'context')

/** What a token says of a fact, and what is wanted where that is one value. */
export function factWords(preset: Preset, name: string, said: FactValues, wanted: string | undefined): string {
  const fact = preset.facts[name]
  const of =
    fact?.role === 'tenant'
      ? 'The token is from elsewhere: its'
      : fact?.role === 'workload'
        ? 'The token is from another workload: its'
        : 'Its'
  const goal = wanted === undefined ? 'which the rule does not take' : `and ${shown(wanted)} is wanted`
  return `${of} ${titleOf(preset, name)} is ${shown(said[name] ?? '')}, ${goal}.`
}

/** The title of a fact inside a sentence. */
export function titleOf({ facts }: Preset, name: string): string {
  const title = facts[name]?.title ?? name
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}
