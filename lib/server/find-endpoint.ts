import type { Endpoint, Params } from './endpoints'

/** All endpoints of one path template, by method. */
export type Place = ReadonlyMap<string, Endpoint>

export type FindPlace = (steps: readonly string[]) => { place: Place; params: Params } | null

/**
 * Makes the function that finds the template which a request's decoded path segments fit. Where several do, the one that says
 * more of the path wins: `/idps/_search` before `/idps/{id}`.
 */
export function placeFinder(endpoints: readonly Endpoint[]): FindPlace {
  const byTemplate = new Map<string, Map<string, Endpoint>>()
  for (const endpoint of endpoints) {
    const place = byTemplate.get(endpoint.path) ?? new Map<string, Endpoint>()
    byTemplate.set(endpoint.path, place.set(endpoint.method, endpoint))
  }
  const byLength = new Map<number, { steps: string[]; place: Place }[]>()
  for (const [template, place] of byTemplate) {
    const steps = template.slice(1).split('/')
    byLength.set(steps.length, [...(byLength.get(steps.length) ?? []), { steps, place }])
  }
  for (const list of byLength.values()) list.sort((one, other) => (rank(one.steps) < rank(other.steps) ? -1 : 1))
  return (asked) => {
    const found = byLength.get(asked.length)?.find(({ steps }) => fits(steps, asked))
    return found ? { place: found.place, params: paramsOf(found.steps, asked) } : null
  }
}

const isParameter = (step: string) => step.startsWith('{')

/** Orders templates: a fixed segment before a parameter, from the left. */
const rank = (steps: readonly string[]) => steps.map((step) => (isParameter(step) ? '1' : '0')).join('')

const fits = (template: readonly string[], asked: readonly string[]) =>
  template.every((step, at) => (isParameter(step) ? asked[at] !== '' : step === asked[at]))

function paramsOf(template: readonly string[], asked: readonly string[]): Params {
  const named = template.flatMap((step, at): [string, string][] =>
    isParameter(step) ? [[step.slice(1, -1), asked[at] ?? '']] : [],
  )
  return Object.fromEntries(named)
}
