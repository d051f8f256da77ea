import { visibleText } from '@/lib/trust/unseen'

/** A message about a completed act. */
export type Toast = {
  id: number
  kind: 'success' | 'error'
  title: string
  description: string | undefined
  /** A button, which closes the toast as well. */
  action: { label: string; onClick: () => void } | undefined
  durationMs: number
}

type Options = {
  description?: string | undefined
  action?: { label: string; onClick: () => void }
  /** How long it stays while the pointer and the focus are elsewhere; longer by default where there is something to press. */
  durationMs?: number
}

/**
 * Toasts for completed acts: `toast.success('Identity created')`. Errors of a form belong in the form. One at a time; hidden
 * characters are shown as code points.
 */
export const toast = {
  success: (title: string, options?: Options) => show('success', title, options),
  error: (title: string, options?: Options) => show('error', title, options),
}

let current: Toast | null = null
let count = 0
const listeners = new Set<() => void>()

function show(
  kind: Toast['kind'],
  title: string,
  { description, action, durationMs = action ? 20_000 : 4_000 }: Options = {},
) {
  count += 1
  set({
    ...{ id: count, kind, action, durationMs },
    title: visibleText(title),
    description: visibleText(description),
  })
}

/** Removes a toast; another one that took its place stays. */
export function dismissToast(id: number): void {
  if (current?.id === id) set(null)
}

/** The toast that is shown, or null. */
export const shownToast = (): Toast | null => current

export function subscribeToast(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

function set(next: Toast | null) {
  current = next
  for (const listener of listeners) listener()
}
