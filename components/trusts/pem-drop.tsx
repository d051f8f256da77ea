'use client'

import { Upload } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { type PemIntake, takePemFile } from './pem-text'

/** A place where `.pem` files may be dropped or chosen. Each file is judged before anything of it is kept. */
export function PemDrop({
  label,
  multiple = false,
  onTaken,
  children,
}: {
  /** On the button: "Choose a .pem file". */
  label: string
  multiple?: boolean
  onTaken: (intakes: PemIntake[]) => void
  children: (chooser: ReactNode) => ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)

  async function take(files: FileList | null) {
    const chosen = Array.from(files ?? []).slice(0, multiple ? 100 : 1)
    if (chosen.length > 0) onTaken(await Promise.all(chosen.map(intakeOf)))
    if (input.current) input.current.value = ''
  }

  const chooser = (
    <>
      <Button size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".pem,.crt,.cer,.pub,.key,application/x-pem-file,application/x-x509-ca-cert"
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={(event) => take(event.target.files)}
      />
    </>
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      className={cn('grid gap-1.5 rounded-md outline-offset-4', isOver && 'outline-2 outline-accent outline-dashed')}
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

/** No PEM comes near this size; a larger file is not even read. */
const bytesMax = 256 * 1024

async function intakeOf(file: File): Promise<PemIntake> {
  if (file.size > bytesMax) return { ok: false, isPrivate: false, message: `${file.name} is too large for a PEM file.` }
  try {
    return takePemFile(file.name, await file.text())
  } catch {
    return { ok: false, isPrivate: false, message: `${file.name} could not be read.` }
  }
}
