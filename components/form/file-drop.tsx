'use client'

import { Upload } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import { visibleText } from '@/lib/trust/unseen'

/** Maximum number of files in one drop. */
const filesMax = 100

/** Drop area for files with a button to choose them; it reads no file. */
export function FileDrop({
  label,
  accept,
  multiple = false,
  className,
  onFiles,
  children,
}: {
  /** Text of the button: "Choose a .pem file". */
  label: string
  /** As in `<input type="file">`; a drop may contain other files. */
  accept: string
  multiple?: boolean
  className?: string
  onFiles: (files: File[]) => void
  /** Renders the content, with the button in its place. */
  children: (chooser: ReactNode) => ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)

  function take(files: FileList | null) {
    const chosen = Array.from(files ?? []).slice(0, multiple ? filesMax : 1)
    if (chosen.length > 0) onFiles(chosen)
    // Allows the same file to be chosen again.
    if (input.current) input.current.value = ''
  }

  const chooser = (
    <>
      <Button size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {shownText(label)}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={visibleText(label)}
        onChange={(event) => take(event.target.files)}
      />
    </>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      className={cn('grid rounded-md outline-offset-4', isOver && 'outline-2 outline-accent outline-dashed', className)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        setIsOver(false)
        take(event.dataTransfer.files)
      }}
    >
      {children(chooser)}
    </div>
  )
}
