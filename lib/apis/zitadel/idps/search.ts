import { AppError } from '@/lib/errors'
import type { Trust } from '@/lib/trust/trust'
import { enumNumber } from '../protocol'
import { toIdp } from './mapper'
import { ownerTypes, type Search, textMethods } from './wire'

type Query = Search['queries'][number]

/**
 * Returns the page of a search. All filters must hold; sorted by name, descending unless `asc`; limit 0 = none.
 * @throws AppError `invalid` for an empty filter
 */
export function searched(trusts: readonly Trust[], { query, queries }: Search): { page: Trust[]; total: number } {
  const filters = queries.map(toFilter)
  const found = trusts.filter((trust) => filters.every((filter) => filter(trust))).sort(byName)
  if (!query.asc) found.reverse()
  const offset = Number(query.offset)
  const limit = Number(query.limit) || found.length
  return { page: found.slice(offset, offset + limit), total: found.length }
}

function toFilter({ idpIdQuery, idpNameQuery, ownerTypeQuery }: Query): (trust: Trust) => boolean {
  if (idpIdQuery) return ({ id }) => id === idpIdQuery.id
  if (idpNameQuery) {
    const matches = textMatches[enumNumber(textMethods, idpNameQuery.method)]
    return ({ name }) => matches?.(name, idpNameQuery.name) ?? false
  }
  if (ownerTypeQuery) {
    const wanted = enumNumber(ownerTypes, ownerTypeQuery.ownerType)
    const owner = [undefined, 'system', 'organization'][wanted]
    return (trust) => owner === undefined || toIdp(trust)?.options.owner === owner
  }
  throw new AppError('malformed', 'List query is invalid', { details: { id: 'ADMIN-VmqQu' } })
}

type Match = (name: string, wanted: string) => boolean

const ignoringCase =
  (match: Match): Match =>
  (name, wanted) =>
    match(name.toLowerCase(), wanted.toLowerCase())

const equals: Match = (name, wanted) => name === wanted
const startsWith: Match = (name, wanted) => name.startsWith(wanted)
const contains: Match = (name, wanted) => name.includes(wanted)
const endsWith: Match = (name, wanted) => name.endsWith(wanted)

/** In the order of `textMethods`. */
const textMatches: readonly Match[] = [equals, startsWith, contains, endsWith].flatMap((match) => [
  match,
  ignoringCase(match),
])

/** By code point, then by id. */
function byName(one: Trust, other: Trust): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  return one.id < other.id ? -1 : 1
}
