'use client'

import { Upload } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { textCharactersMax } from './take-keys'

/** What a file held; null = it is too large to be keys, or could not be read. */
export type DroppedFile = { name: string; text: string | null }

/** A place where files with keys may be dropped or chosen. */
export function KeyDrop({
  onFiles,
  children,
}: {
  onFiles: (files: DroppedFile[]) => void
  children: (chooser: ReactNode) => ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)

  async function take(files: FileList | null) {
    const chosen = Array.from(files ?? []).slice(0, 100)
    if (chosen.length > 0) onFiles(await Promise.all(chosen.map(read)))
    if (input.current) input.current.value = ''
  }

  const chooser = (
    <>
      <Button size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,.jwk,.jwks,.pem,.crt,.cer,.pub,.key,application/json,application/jwk+json,application/jwk-set+json"
        multiple
        hidden
        aria-label="Files with keys"
        onChange={(event) => take(event.target.files)}
      />
    </>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      className={cn('grid gap-3 rounded-md outline-offset-4', isOver && 'outline-2 outline-accent outline-dashed')}
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

async function read(file: File): Promise<DroppedFile> {
  const { name } = file
  // Bytes are never fewer than characters.
  if (file.size > textCharactersMax) return { name, text: null }
  return { name, text: await file.text().catch(() => null) }
}
