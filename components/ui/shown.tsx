import type { ReactNode } from 'react'
import { visibleText } from '@/lib/trust/unseen'

/**
 * Text that members or tokens chose: its direction is kept to itself, and characters that are not seen are written as their code
 * points, so that none of it can pass for something else.
 */
export function Shown({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>
}

/**
 * As `Shown`, where a title or a label may be more than text; that, and an empty text, is left as it is. In an attribute, such
 * as `title` or `aria-label`, `visibleText` does the same.
 */
export const shownText = (content: ReactNode): ReactNode =>
  typeof content === 'string' && content !== '' ? <Shown text={content} /> : content
