import { followingFrom } from '@/lib/trust/presets/job-facts'
import type { Fact, Preset, RuleSet } from '@/lib/trust/presets/preset'
import { type FactValues, factNamesOf, fitsFact } from '@/lib/trust/presets/template'

/** The facts of the job that is to log in: typed, then what follows from typed ones, then what a token says, then the platform's usual switches. */
export function factsOf(preset: Preset, ruleSet: RuleSet, typed: Readonly<Record<string, string>>, said: FactValues) {
  const meant = preset.samples.find(({ id }) => id === ruleSet.sample)?.facts ?? {}
  const typedAt = (name: string) => (Object.hasOwn(typed, name) ? (typed[name]?.trim() ?? null) : null)
  const saidAt = (name: string) => (Object.hasOwn(said, name) ? (said[name] ?? null) : null)

  function usualOf(name: string, fact: Fact): string | null {
    return isUsual(fact) ? (meant[name] ?? fact.sample) : null
  }

  function sourcesOf(name: string): readonly string[] {
    const { from } = preset.facts[name] ?? {}
    if (from === undefined) return []
    if (typeof from === 'string') return factNamesOf(from)
    const fitting = from.find(({ when }) => Object.entries(when).every(([one, of]) => of.includes(knownOf(one) ?? '')))
    return factNamesOf((fitting ?? from[0])?.template ?? '')
  }

  const isTyped = (name: string, depth = 0): boolean =>
    typedAt(name) !== null || (depth < depthMax && sourcesOf(name).some((source) => isTyped(source, depth + 1)))

  /** The value as it is, whether it can be one or not. */
  function textOf(name: string, depth = 0): string {
    const fact = preset.facts[name]
    if (!fact || depth > depthMax) return ''
    const own = typedAt(name)
    if (own !== null) return own
    const follows = followingFrom(fact, (other) => knownOf(other, depth + 1))
    const told = saidAt(name)
    if (isTyped(name)) return follows ?? ''
    if (follows !== null && told === null) return follows
    return told ?? usualOf(name, fact) ?? ''
  }

  function knownOf(name: string, depth = 0): string | null {
    const fact = preset.facts[name]
    const text = textOf(name, depth)
    return fact && text !== '' && fitsFact(fact, text) ? text : null
  }

  /** The facts to ask for so that this one is known. */
  function questionsFor(name: string, depth = 0): string[] {
    const fact = preset.facts[name]
    const sources = sourcesOf(name)
    if (!fact || sources.length === 0 || typedAt(name) !== null || depth > depthMax) return [name]
    const told = saidAt(name)
    if (told !== null && !isTyped(name) && followingFrom(fact, (other) => knownOf(other)) !== told) return [name]
    return sources.flatMap((source) => questionsFor(source, depth + 1))
  }

  return { textOf, knownOf, questionsFor }
}

/** How far facts follow from others. */
const depthMax = 5

/** Whether the platform has a usual value for a fact. */
export const isUsual = (fact: Fact) => fact.class === 'gate' && !fact.usuallyAbsent
