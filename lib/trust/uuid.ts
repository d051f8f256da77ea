import { z } from 'zod'

/** A UUID as it is stored, in lower case; UUIDs are read whatever their case (RFC 9562 §4). Any other text stays as it is. */
export const canonicalId = (text: string): string => (z.regexes.guid.test(text) ? text.toLowerCase() : text)

/** An id in a path, a query or a body. Whether it names something is for the verb to say. */
export const Id = z.string().overwrite(canonicalId)

/** An id where anything but a UUID is a wrong field. */
export const Uuid = z.uuid().overwrite(canonicalId)
