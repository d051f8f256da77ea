'use client'

import { X } from 'lucide-react'
import { type ClipboardEvent, useEffect, useState } from 'react'
import { FormField } from '@/components/form/form-field'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/icon-button'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { Textarea } from '@/components/ui/textarea'
import { utcWords } from '@/components/ui/time-words'
import type { PemKeyReading } from '@/lib/trust/keys/pem'
import type { PublicKeyInfo } from '@/lib/trust/keys/public-key'
import { isTestPem, testKeyEnd } from '@/lib/trust/keys/test-key'
import { type PemIntake, takePem } from './pem-text'

/** One public key: text with its description, or a message, as it is typed. */
export function PemBox({
  label,
  pem,
  error,
  onText,
  onSeveral,
  onSecret,
  onRemove,
}: {
  label: string
  pem: string
  error: string | null
  onText: (pem: string) => void
  /** Called for several pasted blocks: a box for each. */
  onSeveral: (pems: string[]) => void
  onSecret: (secret: Extract<PemIntake, { ok: false }>) => void
  onRemove: (() => void) | null
}) {
  const reading = useReading(pem)
  const problem = reading && !reading.ok ? reading.message : null

  function change(text: string): boolean {
    const taken = takePem(text)
    if (!taken.ok) {
      onText('')
      onSecret(taken)
      return true
    }
    if (taken.pems.length > 1) onSeveral(taken.pems)
    else onText(taken.pems[0] ?? text)
    return false
  }

  // Judged before it is in the box, so that the browser's undo holds no private key.
  function onPaste(event: ClipboardEvent) {
    if (takePem(event.clipboardData.getData('text')).ok) return
    event.preventDefault()
    change(event.clipboardData.getData('text'))
  }

  return (
    <FormField
      label={label}
      error={problem ?? error}
      aside={
        onRemove && (
          <IconButton label={`Remove ${label}`} size="sm" onClick={onRemove}>
            <X aria-hidden />
          </IconButton>
        )
      }
    >
      {(wiring) => (
        <>
          {reading?.ok && <KeyFacts info={reading.key} isTest={isTestPem(pem)} endsAt={testKeyEnd(pem)} />}
          <Textarea
            {...wiring}
            mono
            // A key that can be read is its fingerprint; its text is a line until it is edited.
            className={
              reading?.ok
                ? 'max-h-40 not-focus:h-8 not-focus:min-h-8 not-focus:resize-none not-focus:overflow-hidden'
                : 'max-h-40'
            }
            placeholder={'-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B…\n-----END PUBLIC KEY-----'}
            value={pem}
            onChange={(event) => change(event.target.value)}
            onPaste={onPaste}
          />
        </>
      )}
    </FormField>
  )
}

function KeyFacts({ info, isTest, endsAt }: { info: PublicKeyInfo; isTest: boolean; endsAt: number | null }) {
  const { certificate } = info
  return (
    <p className="mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-compact text-muted-foreground">
      <Badge icon={null}>{info.label}</Badge>
      {isTest && <Badge tone="attention">TEST key</Badge>}
      {endsAt !== null && <span>ends {utcWords(endsAt * 1000)}</span>}
      <MiddleTruncate text={info.fingerprint} head={15} tail={8} />
      {certificate && (
        <span className="break-words">
          {shownText(certificate.subject)}, until {utcWords(certificate.notAfter * 1000)}
        </span>
      )}
    </p>
  )
}

/** Description of a PEM, once read; null for an empty box. */
function useReading(pem: string): PemKeyReading | null {
  const [read, setRead] = useState<{ pem: string; reading: PemKeyReading } | null>(null)
  useEffect(() => {
    let isStale = false
    if (pem.trim() === '') return
    readPem(pem).then(
      (reading) => {
        if (!isStale) setRead({ pem, reading })
      },
      // Browsers provide no cryptography to a page on plain http; the server reads the key on saving.
      () => {},
    )
    return () => {
      isStale = true
    }
  }, [pem])
  return read?.pem === pem ? read.reading : null
}

/** The reader is loaded with the first key. */
const readPem = async (pem: string) => (await import('@/lib/trust/keys/pem')).parsePem(pem)
