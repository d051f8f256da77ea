import type { ReactNode } from 'react'
import { visibleText } from '@/lib/trust/unseen'

/**
 * Text chosen by members or in tokens: its direction is isolated, and hidden characters are shown as code points, so
 * that it cannot imitate other text.
 */
export function Shown({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>
}

/**
 * As `Shown`, where a title or a label may be more than text; other nodes and empty text are returned as they are. In
 * attributes such as `title` or `aria-label` use `visibleText`.
 */
export const shownText = (content: ReactNode): ReactNode =>
  typeof content === 'string' && content !== '' ? <Shown text={content} /> : content
