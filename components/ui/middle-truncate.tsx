'use client'

import { Check } from 'lucide-react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { useTabIndex } from './in-row'
import { middleText } from './middle-text'
import { Shown } from './shown'
import { Tooltip } from './tooltip'
import { useCopy } from './use-copy'

/** An id, fingerprint or URL, shortened in the middle; full text on hover and focus, copied on click. */
export function MiddleTruncate({
  text,
  head = 8,
  tail = 4,
  className,
}: {
  text: string
  head?: number
  tail?: number
  className?: string
}) {
  const { copy, copied, failed } = useCopy()
  const tabIndex = useTabIndex()
  return (
    <>
      <Tooltip
        content={
          <>
            <span className="break-all font-mono">
              <Shown text={text} />
            </span>
            <br />
            {copied ? 'Copied' : failed ? 'Could not copy' : 'Click to copy'}
          </>
        }
      >
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={() => copy(text)}
          // Above the link that covers a table row.
          className={cn(
            'relative z-10 inline-flex max-w-full items-center gap-1 whitespace-nowrap rounded-sm font-mono text-compact hover:text-accent-text',
            className,
          )}
        >
          <span aria-hidden className="print:hidden">
            {visibleText(middleText(text, head, tail))}
          </span>
          <span aria-hidden className="hidden whitespace-normal break-all print:inline">
            {visibleText(text)}
          </span>
          <span className="sr-only">{`${visibleText(text)}, copy`}</span>
          {copied && <Check aria-hidden className="size-3 text-muted-foreground" />}
        </button>
      </Tooltip>
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  )
}
