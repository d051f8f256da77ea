import { useEffect, useState } from 'react'
import type { parseCertificates } from '@/lib/trust/keys/pem'

type Reading = ReturnType<typeof parseCertificates>

/** Reads certificates as they are typed; null of no text, and until they are read: the reader is loaded with the first one. */
export function useCertificates(text: string): Reading | null {
  const [read, setRead] = useState<{ text: string; reading: Reading } | null>(null)
  useEffect(() => {
    let isStale = false
    if (text.trim() === '') return
    import('@/lib/trust/keys/pem').then(
      ({ parseCertificates }) => {
        if (!isStale) setRead({ text, reading: parseCertificates(text) })
      },
      // Offline; the server reads them on saving.
      () => {},
    )
    return () => {
      isStale = true
    }
  }, [text])
  return text.trim() !== '' && read?.text === text ? read.reading : null
}
