import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// Without this, tailwind-merge takes our `text-compact` (13 px) for a colour and drops it beside `text-foreground`.
const merge = extendTailwindMerge({ extend: { theme: { text: ['compact'] } } })

/** Joins class names; the later of two conflicting ones wins. */
export const cn = (...classes: ClassValue[]) => merge(clsx(classes))
