import { visibleText } from '@/lib/trust/unseen'

/** A text as one line for a terminal: files and tokens may be a stranger's. */
export const line = (text: string): string => visibleText(text).replace(/[\n\t]+/g, ' ')
