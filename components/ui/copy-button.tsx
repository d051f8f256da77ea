'use client'

import { Check, Copy, X } from 'lucide-react'
import { IconButton } from './icon-button'
import { useCopy } from './use-copy'

/** Copies `text`. `label` says what it copies: "Copy client id". */
export function CopyButton({
  text,
  label = 'Copy',
  size = 'sm',
  className,
}: {
  text: string
  label?: string
  size?: 'sm' | 'md'
  className?: string
}) {
  const { copy, copied, failed } = useCopy()
  return (
    <>
      <IconButton
        label={copied ? 'Copied' : failed ? 'Could not copy: select the text by hand' : label}
        size={size}
        className={className}
        onClick={() => copy(text)}
      >
        {copied ? <Check aria-hidden /> : failed ? <X aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : failed ? 'Could not copy' : ''}
      </span>
    </>
  )
}
