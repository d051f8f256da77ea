import { apis } from '@/lib/apis'
import type { Operation } from '@/lib/apis/api'
import type { Answer, CallOptions } from './client'
import type { Installation } from './installation'

/** Every operation of every API, by its name. */
export const operations = apis.flatMap((api) =>
  Object.entries(api.operations).map(([name, operation]): [string, Operation] => [`${api.name}.${name}`, operation]),
)
export const withBody = operations.filter(([, { body }]) => body !== undefined)

/** Asks as the admin, about things that do not exist. */
export function ask(here: Installation, operation: Operation, body: unknown, options?: CallOptions): Promise<Answer> {
  const path = operation.path
    .replace('{method}', 'jwt')
    .replace(/\{(version|number)\}/, '1')
    .replace(/\{\w+\}/g, here.organizationId)
  return here.admin.call(operation.method, path, body, options)
}
