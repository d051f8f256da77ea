/** Filters of a list, as the query of its URL, under a name. */
export type SavedView = { name: string; query: string }

const viewsMax = 30

const keyOf = (page: string) => `keybound-views-${page}`

/** One array while nothing changes, as React asks of a store. */
export const noViews: readonly SavedView[] = []
const read = new Map<string, { text: string | null; views: readonly SavedView[] }>()

/** Returns the saved views of a list. What is not one, by whichever hand, is none. */
export function listViews(page: string): readonly SavedView[] {
  const text = stored(page)
  const known = read.get(page)
  if (known && known.text === text) return known.views
  const views = parsed(text)
  read.set(page, { text, views })
  return views
}

/** Replaces the saved views of a list; of too many, the newest stay. */
export function storeViews(page: string, views: readonly SavedView[]): void {
  try {
    window.localStorage.setItem(keyOf(page), JSON.stringify(views.slice(-viewsMax)))
  } catch {
    // A browser that keeps nothing has no saved views.
  }
  for (const listener of listeners) listener()
}

const listeners = new Set<() => void>()

export function subscribeViews(onChange: () => void): () => void {
  listeners.add(onChange)
  window.addEventListener('storage', onChange)
  return () => {
    listeners.delete(onChange)
    window.removeEventListener('storage', onChange)
  }
}

function stored(page: string): string | null {
  try {
    return window.localStorage.getItem(keyOf(page))
  } catch {
    return null
  }
}

function parsed(text: string | null): readonly SavedView[] {
  if (text === null) return noViews
  try {
    const views: unknown = JSON.parse(text)
    return Array.isArray(views) && views.length <= viewsMax && views.every(isView) ? views : noViews
  } catch {
    return noViews
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false
  const { name, query } = value
  return (
    typeof name === 'string' && name !== '' && name.length <= 60 && typeof query === 'string' && query.length <= 2000
  )
}
