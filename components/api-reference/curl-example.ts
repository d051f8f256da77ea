import { shellWord } from '@/lib/client/snippets'
import { exampleBody } from './example-body'
import type { Schema } from './json-schema'
import type { OperationView } from './operation-view'

/** Returns an operation as a curl command for a POSIX shell; placeholders are in capitals. */
export function curlExample(document: Schema, operation: OperationView, origin: string): string {
  const [body] = operation.bodies
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${shellName(name)}`)
  const lines = [`curl${operation.method === 'GET' ? '' : ` -X ${operation.method}`} "${origin}${path}"`]
  if (operation.needsSignIn) lines.push('-H "Authorization: Bearer $ACCESS_TOKEN"')
  if (body) {
    const example = exampleBody(document, body.schema)
    lines.push(`-H ${shellWord(`Content-Type: ${body.mediaType}`)}`)
    lines.push(`-d ${shellWord(body.mediaType === 'application/json' ? JSON.stringify(example) : toForm(example))}`)
  }
  return lines.join(' \\\n  ')
}

/** `identityId` → `IDENTITY_ID`. */
const shellName = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()

const toForm = (example: unknown) =>
  typeof example === 'object' && example !== null
    ? new URLSearchParams(Object.entries(example).map(([name, value]) => [name, String(value)])).toString()
    : ''
