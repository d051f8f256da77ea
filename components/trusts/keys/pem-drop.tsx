'use client'

import type { ReactNode } from 'react'
import { FileDrop } from '@/components/form/file-drop'
import { type PemIntake, takePemFile } from './pem-text'

/** Drop area for `.pem` files. Each file is judged before any of it is kept. */
export function PemDrop({
  label,
  multiple = false,
  onTaken,
  children,
}: {
  /** Text of the button: "Choose a .pem file". */
  label: string
  multiple?: boolean
  onTaken: (intakes: PemIntake[]) => void
  children: (chooser: ReactNode) => ReactNode
}) {
  return (
    <FileDrop
      label={label}
      accept=".pem,.crt,.cer,.der,.pub,.key,.json,.jwk,application/x-pem-file,application/x-x509-ca-cert,application/jwk+json"
      multiple={multiple}
      className="gap-1.5"
      onFiles={async (files) => onTaken(await Promise.all(files.map(intakeOf)))}
    >
      {children}
    </FileDrop>
  )
}

/** Larger files are not read; no PEM is near this size. */
const bytesMax = 256 * 1024

async function intakeOf(file: File): Promise<PemIntake> {
  if (file.size > bytesMax)
    return { ok: false, isPrivate: false, isSecret: false, message: `${file.name} is too large for a PEM file.` }
  try {
    return takePemFile(file.name, new Uint8Array(await file.arrayBuffer()))
  } catch {
    return { ok: false, isPrivate: false, isSecret: false, message: `${file.name} could not be read.` }
  }
}
