import type { JsonObject } from './json/json'
import { definitionOf, type Kind, type KindPart, kinds } from './kinds'
import { publishedNames, withOwnNames } from './kinds/outline'

type Own = KindPart & { unreadable?: string[] | undefined }
type Published = { method: Kind; foreign: JsonObject; unreadable?: string[] | undefined }

/**
 * Returns a trust under the names that our API and the audit log use. Clients and stored entries rely on them: `method` for
 * the kind, and in `foreign` the options under the name of the API that knows them.
 */
export function toPublished<Trust extends Own>({ kind, options, unreadable, ...rest }: Trust) {
  return {
    ...rest,
    method: kind,
    foreign: definitionOf(kind).toPublished(options),
    ...(unreadable ? { unreadable: unreadable.map((column) => publishedNames[column] ?? column) } : {}),
  }
}

/** The way back. @throws ZodError for options that are not those of the kind */
export function fromPublished<Answer extends Published>(answer: Answer) {
  const { kind, options, ...rest } = withOwnNames(answer)
  return { ...rest, ...kinds.schema.parse({ kind, options }) }
}
