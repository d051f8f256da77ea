import { visibleText } from '@/lib/trust/unseen'

/**
 * Text that members or tokens chose: its direction is kept to itself, and characters that are not seen are written as their code
 * points, so that none of it can pass for something else.
 */
export function Shown({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>
}
