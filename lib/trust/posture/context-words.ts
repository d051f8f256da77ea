import type { Preset } from '../presets/preset'
import { type Admission, admissionOf, valuesOf } from './admission'
import { limitsContext } from './context'
import { identityFactsOf } from './identity'
import type { Reading } from './reading'

/** How many circumstances a line names. */
const wordsMax = 2

/** The circumstances under which a job may log in: "branch main", "environment production", "on push". */
export function contextWords(reading: Reading, preset: Preset): string[] {
  const admission = admissionOf(reading)
  const names = [...identityFactsOf(preset).context]
  const said = names.flatMap((name) => factWords(name, admission, preset))
  const found = [...new Set(said.sort((a, b) => a.rank - b.rank).map(({ words }) => words))].slice(0, wordsMax)
  if (found.length > 0 || names.length === 0) return found
  return admission.rules.some((rule) => limitsContext(rule, preset)) ? [] : ['under any circumstances']
}

type Words = { rank: number; words: string }

function factWords(name: string, admission: Admission, { facts }: Preset): Words[] {
  const values = valuesOf(admission, name)
  const title = facts[name]?.title.toLowerCase() ?? name
  if (!values || values.length > 3 || values.some((value) => value === 'true' || value === 'false')) return []
  const said = values.map((value) => valueWords(title, value))
  const rank = /environment/i.test(name)
    ? 0
    : facts[name]?.class === 'user'
      ? 1
      : /event|source|phase/i.test(name)
        ? 2
        : 3
  return rank === 3 ? [] : [{ rank, words: said.join(' or ') }]
}

function valueWords(title: string, value: string): string {
  if (value.startsWith('refs/heads/')) return `branch ${value.slice('refs/heads/'.length)}`
  if (value.startsWith('refs/tags/')) return `tag ${value.slice('refs/tags/'.length)}`
  return /^(?:event|source)/.test(title) ? `on ${value}` : `${title} ${value}`
}
