import { apis } from '@/lib/apis'
import type { Envelope } from '@/lib/apis/api'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'

type Place = { steps: string[]; methods: Set<string>; envelope: Envelope }

/** The paths of all operations, those with fewer parameters first: so Next chooses, too. Made when first asked. */
let places: Map<number, Place[]> | undefined

export type MissingMethod = { status: number; headers: Record<string, string>; body: string }

/**
 * The answer to a method that a path of an API does not have: 405 with `Allow` (RFC 9110 §15.5.6), in that API's words. Next
 * would answer it with nothing at all. Null where there is no such path, or where it has the method.
 */
export function missingMethod(method: string, url: string): MissingMethod | null {
  const path = decodeURI(url.split('?')[0] ?? '')
  const steps = path.split('/')
  places ??= placesOf(apis)
  const place = places.get(steps.length)?.find((one) => fits(one.steps, steps))
  // Next answers these by itself.
  if (!place || method === 'OPTIONS' || place.methods.has(method === 'HEAD' ? 'GET' : method)) return null
  const requestId = newRequestId()
  const allow = [...place.methods].sort().join(', ')
  const error = new AppError('method-not-allowed', `${method.slice(0, 20)} is not for this path. It takes ${allow}.`)
  const { status, body } = place.envelope.ofError(error, requestId)
  const headers = { allow, 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': requestId }
  return { status, headers, body: JSON.stringify(body) }
}

function placesOf(all: typeof apis): Map<number, Place[]> {
  const byPath = new Map<string, Place>()
  for (const { envelope, operations } of all) {
    for (const { path, method } of Object.values(operations)) {
      const place = byPath.get(path) ?? { steps: path.split('/'), methods: new Set<string>(), envelope }
      place.methods.add(method)
      byPath.set(path, place)
    }
  }
  const bySteps = new Map<number, Place[]>()
  for (const place of byPath.values()) {
    bySteps.set(place.steps.length, [...(bySteps.get(place.steps.length) ?? []), place])
  }
  for (const list of bySteps.values()) list.sort((one, other) => parameters(one) - parameters(other))
  return bySteps
}

const parameters = ({ steps }: Place) => steps.filter(isParameter).length
const isParameter = (step: string) => step.startsWith('{')
const fits = (template: readonly string[], steps: readonly string[]) =>
  template.every((step, at) => (isParameter(step) ? steps[at] !== '' : step === steps[at]))
