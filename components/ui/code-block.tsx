import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { CopyButton } from './copy-button'
import { shownText } from './shown'

/** Code to read or copy: a snippet, a document, a token. `label` names it for the copy button and screen readers. */
export function CodeBlock({
  code,
  label,
  wrap = false,
  className,
}: {
  code: string
  label: string
  wrap?: boolean
  className?: string
}) {
  return (
    <figure className={cn('relative min-w-0 rounded-md border bg-background', className)}>
      <figcaption className="sr-only">{shownText(label)}</figcaption>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-background">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className={cn(
          // On phones, what scrolls sideways would be under the button.
          'max-h-96 overflow-auto rounded-md py-2.5 pr-12 pl-3 text-compact leading-5 focus-visible:-outline-offset-2 max-sm:whitespace-pre-wrap max-sm:break-all',
          wrap && 'whitespace-pre-wrap break-all',
        )}
      >
        <code dir="ltr">{visibleText(code)}</code>
      </pre>
    </figure>
  )
}
