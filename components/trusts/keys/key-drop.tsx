'use client'

import type { ReactNode } from 'react'
import { FileDrop } from '@/components/form/file-drop'
import { textOfBytes } from '@/lib/trust/unwrap-text'
import { textCharactersMax } from './take-keys'

/** Content of a file; null = too large for keys, or unreadable. */
export type DroppedFile = { name: string; text: string | null }

/** Drop area for files with keys. */
export function KeyDrop({
  onFiles,
  children,
}: {
  onFiles: (files: DroppedFile[]) => void
  children: (chooser: ReactNode) => ReactNode
}) {
  return (
    <FileDrop
      label="Choose files"
      accept=".json,.jwk,.jwks,.pem,.crt,.cer,.der,.pub,.key,application/json,application/jwk+json,application/jwk-set+json"
      multiple
      className="gap-3"
      onFiles={async (files) => onFiles(await Promise.all(files.map(read)))}
    >
      {children}
    </FileDrop>
  )
}

async function read(file: File): Promise<DroppedFile> {
  const { name } = file
  // Bytes are never fewer than characters.
  if (file.size > textCharactersMax) return { name, text: null }
  const bytes = await file.arrayBuffer().catch(() => null)
  return { name, text: bytes && textOfBytes(new Uint8Array(bytes)) }
}
