'use client'

import { ShieldCheck, X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { controlStyles, plainTyping } from '@/components/ui/input'
import { lazyPart } from '@/components/ui/lazy-part'
import { useSentBytes } from '@/lib/client/token-meter'
import { decodeToken } from '@/lib/trust/engine/token'
import type { PastedToken } from '@/lib/trust/pasted-token'
import { segmentsOf, type TokenRange } from './token-range'

const pasteReader = lazyPart(() => import('@/lib/trust/pasted-token').then((module) => module.readPastedToken))

const segmentStyles = ['text-accent-text', 'text-foreground', 'text-muted-foreground']
const typography =
  'col-start-1 row-start-1 whitespace-pre-wrap break-all px-2.5 py-1.5 font-mono text-compact leading-5'

/**
 * Input for a token. Surrounding text (`Bearer`, quotes, line breaks) is removed. The text stays in the parent's
 * memory; the browser neither completes nor spell-checks it.
 */
export function TokenBox({
  label = 'Token',
  text,
  onText,
  onIntent,
  actions,
  takesPastes = false,
  marked = null,
}: {
  label?: string
  text: string
  onText: (text: string) => void
  /** Called where a token is likely to come. */
  onIntent?: () => void
  actions?: ReactNode
  /** Takes what is pasted on the page outside of any field, too. */
  takesPastes?: boolean
  /** Characters to mark: those of the claim that is pointed at. */
  marked?: TokenRange | null
}) {
  const id = useId()
  const [pasted, setPasted] = useState<PastedToken | null>(null)
  const [isUnread, setIsUnread] = useState(false)
  useEffect(() => void pasteReader.load().catch(() => {}), [])

  function change(next: string) {
    setPasted(null)
    onText(next)
  }

  /** A text that cannot be read is not taken: it may hold a private key. */
  function takePaste(taken: string) {
    const read = pasteReader.current()?.(taken)
    setIsUnread(false)
    if (!read) {
      pasteReader.load().then(
        () => takePaste(taken),
        () => setIsUnread(true),
      )
      return
    }
    setPasted(read.text !== taken || read.isSecret ? read : null)
    onText(read.text)
  }

  const box = useRef<HTMLTextAreaElement>(null)
  const take = useEffectEvent((event: ClipboardEvent) => {
    const taken = event.clipboardData?.getData('text/plain')
    const isElsewhere =
      event.target instanceof Element && event.target.closest('input, textarea, dialog, [role="dialog"]')
    if (!taken || isElsewhere) return
    event.preventDefault()
    takePaste(taken)
    box.current?.focus()
  })
  useEffect(() => {
    if (!takesPastes) return
    const onPaste = (event: ClipboardEvent) => take(event)
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [takesPastes])

  return (
    <div className="grid gap-1.5">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <div className="flex items-center gap-1">
          {actions}
          {text !== '' && (
            <IconButton label={`Forget this ${label.toLowerCase()}`} size="sm" onClick={() => change('')}>
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
          {segmentsOf(text).map((segment, at) => (
            <span key={at} className={segmentStyles[at] ?? 'text-muted-foreground'}>
              {at > 0 && <span className="text-muted-foreground">.</span>}
              <Segment {...segment} marked={marked} />
            </span>
          ))}
          {/* A final line break has no height of its own. */}
          {text.endsWith('\n') && ' '}
        </div>
        <textarea
          id={id}
          ref={box}
          {...plainTyping}
          value={text}
          aria-describedby={`${id}-help`}
          placeholder="eyJhbGciOi…"
          onFocus={onIntent}
          onPointerEnter={onIntent}
          onPaste={(event) => {
            const taken = event.clipboardData.getData('text/plain')
            // Pasted into another token, the two would be read as one.
            if (text === '' || !decodeToken(pasteReader.current()?.(taken).text ?? '').header.ok) return
            event.preventDefault()
            takePaste(taken)
          }}
          onChange={(event) => {
            const { nativeEvent } = event
            const isPaste = nativeEvent instanceof InputEvent && nativeEvent.inputType.startsWith('insertFrom')
            if (isPaste) takePaste(event.target.value)
            else change(event.target.value)
          }}
          className={cn(
            typography,
            'resize-none overflow-hidden bg-transparent text-transparent caret-foreground focus-visible:outline-none',
          )}
        />
      </div>
      <div
        id={`${id}-help`}
        className="flex flex-wrap items-baseline justify-between gap-x-3 text-compact text-muted-foreground"
      >
        <span>
          {pasted?.text && !pasted.notice && 'Text around the token was removed. '}
          It stays in this tab’s memory.
        </span>
        {text !== '' && <SentMeter token={text} />}
      </div>
      {isUnread && (
        <Callout tone="danger">The pasted text could not be read. Check your connection and paste it again.</Callout>
      )}
      {pasted?.notice && (
        <Callout tone={pasted.isSecret ? 'danger' : 'attention'} title={pasted.isSecret ? 'A private key' : undefined}>
          {pasted.notice}
          {pasted.others.length > 0 && (
            <span className="mt-1 flex flex-wrap gap-x-4">
              {[pasted.text, ...pasted.others].map((token, at) => (
                <Button key={token} variant="link" size="sm" disabled={token === text} onClick={() => onText(token)}>
                  Judge token {at + 1}
                </Button>
              ))}
            </span>
          )}
        </Callout>
      )}
    </div>
  )
}

/** A segment whose marked characters stand out. */
function Segment({ text, start, marked }: { text: string; start: number; marked: TokenRange | null }) {
  const from = Math.max(0, (marked?.start ?? 0) - start)
  const to = Math.min(text.length, (marked?.end ?? 0) - start)
  if (!marked || from >= to) return text
  const [before, inside, behind] = [text.slice(0, from), text.slice(from, to), text.slice(to)]
  return (
    <>
      {before}
      <mark className="rounded-sm bg-attention-subtle text-attention">{inside}</mark>
      {behind}
    </>
  )
}

/** What requests of this page carried of the token, as counted where they are sent. */
function SentMeter({ token }: { token: string }) {
  const bytes = useSentBytes(token)
  return (
    <span className={cn('flex items-center gap-1 text-xs tabular-nums', bytes > 0 && 'text-attention')}>
      <ShieldCheck aria-hidden className="size-3.5" />
      {bytes} bytes of this token left the browser
    </span>
  )
}
