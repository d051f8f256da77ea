import type { TrustRulesAnswer } from '@/lib/apis/admin/trusts/wire'
import { type Demands, type Nearest, nearestTrusts } from '@/lib/model/nearest-trusts'
import type { JsonObject } from '@/lib/trust/json/json'

/** Cursor of the page after one of `/trust-rules`; null after the last. @param page its text */
export const nextPage = (page: string): string | null => read(page).next

/** Returns the trusts of the pages that are nearest to a token. Reads the same pages once. */
export function nearestOf(pages: readonly string[], claims: JsonObject, count: number): Nearest & { all: number } {
  if (!known || known.pages.length !== pages.length || known.pages.some((page, at) => page !== pages[at]))
    known = { pages, trusts: pages.flatMap((page) => read(page).trusts) }
  return { ...nearestTrusts(claims, known.trusts, count), all: known.trusts.length }
}

let known: { pages: readonly string[]; trusts: readonly Demands[] } | null = null

/** Not validated: ten thousand trusts would take a second, and the engine takes nothing on faith. */
const read = (page: string): TrustRulesAnswer => JSON.parse(page)
