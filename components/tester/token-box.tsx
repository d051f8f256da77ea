'use client'

import { X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { controlStyles, plainTyping } from '@/components/ui/input'
import { cleanToken } from '@/lib/trust/engine/token'

const segmentStyles = ['text-accent-text', 'text-foreground', 'text-muted-foreground']
const typography =
  'col-start-1 row-start-1 whitespace-pre-wrap break-all px-2.5 py-1.5 font-mono text-compact leading-5'

/**
 * Input for a token. Surrounding text (`Bearer`, quotes, line breaks) is removed. The text stays in the parent's
 * memory; the browser neither completes nor spell-checks it.
 */
export function TokenBox({
  text,
  onText,
  actions,
}: {
  text: string
  onText: (text: string) => void
  actions?: ReactNode
}) {
  const id = useId()
  const [wasCleaned, setWasCleaned] = useState(false)
  const segments = text.split('.')

  function change(next: string, isPaste: boolean) {
    const token = isPaste ? cleanToken(next) : next
    setWasCleaned(isPaste && token !== next && token !== '')
    onText(token)
  }

  return (
    <div className="grid gap-1.5">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          Token
        </label>
        <div className="flex items-center gap-1">
          {actions}
          {text !== '' && (
            <IconButton label="Forget this token" size="sm" onClick={() => change('', false)}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
      </div>
      <div
        className={cn(
          controlStyles,
          'grid max-h-44 min-h-20 overflow-y-auto px-0 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-ring',
        )}
      >
        <div aria-hidden className={cn(typography, 'pointer-events-none')}>
          {segments.map((segment, at) => (
            <span key={at} className={segmentStyles[at] ?? 'text-muted-foreground'}>
              {at > 0 && <span className="text-muted-foreground">.</span>}
              {segment}
            </span>
          ))}
          {/* A final line break has no height of its own. */}
          {text.endsWith('\n') && ' '}
        </div>
        <textarea
          id={id}
          {...plainTyping}
          value={text}
          aria-describedby={`${id}-help`}
          placeholder="eyJhbGciOi…"
          onChange={(event) => {
            const { nativeEvent } = event
            const isPaste = nativeEvent instanceof InputEvent && nativeEvent.inputType.startsWith('insertFrom')
            change(event.target.value, isPaste)
          }}
          className={cn(
            typography,
            'resize-none overflow-hidden bg-transparent text-transparent caret-foreground focus-visible:outline-none',
          )}
        />
      </div>
      <p id={`${id}-help`} className="text-compact text-muted-foreground">
        {wasCleaned
          ? 'Text around the token was removed. It stays in this tab’s memory and is not sent.'
          : 'It stays in this tab’s memory and is not sent.'}
      </p>
    </div>
  )
}
