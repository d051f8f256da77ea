'use client'

import { type ClipboardEvent, useState } from 'react'
import { type Control, useController } from 'react-hook-form'
import { errorSentence } from '@/components/form/error-sentence'
import { FormField } from '@/components/form/form-field'
import { shownText } from '@/components/ui/shown'
import { Textarea } from '@/components/ui/textarea'
import { relativeWords, utcWords } from '@/components/ui/time-words'
import type { RemoteKind } from '../form/source-rows'
import type { TrustFormValues } from '../form/values'
import { PemDrop } from './pem-drop'
import { type PemIntake, takePem } from './pem-text'
import { PrivateKeyAlarm } from './private-key-alarm'
import { useCertificates } from './use-certificates'

/** CA certificates of a key host: subject and expiry of each, or a message, as they are typed. */
export function CaCertificateField({
  control,
  at,
  kind,
}: {
  control: Control<TrustFormValues>
  /** Index of its source's row. */
  at: number
  kind: RemoteKind
}) {
  const { field, fieldState } = useController({ control, name: `sources.${at}.${kind}.caCert` })
  const [alarm, setAlarm] = useState<Extract<PemIntake, { ok: false }> | null>(null)
  const [isOpen, setIsOpen] = useState(field.value !== '')
  const reading = useCertificates(field.value)

  function change(text: string) {
    const taken = takePem(text)
    field.onChange(taken.ok ? text : '')
    setAlarm(taken.ok ? null : taken)
  }

  function onPaste(event: ClipboardEvent) {
    const text = event.clipboardData.getData('text')
    if (takePem(text).ok) return
    event.preventDefault()
    change(text)
  }

  return (
    <details
      // Own state: it must stay open after it was emptied (by hand, or of a private key), with its message.
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="[&[open]>summary]:mb-1.5"
    >
      <summary className="w-fit font-medium leading-7">
        CA certificate{' '}
        <span className="font-normal text-muted-foreground">
          {reading?.ok ? reading.certificates.map(({ subject }) => subject).join(', ') : 'for a host with its own CA'}
        </span>
      </summary>
      <PemDrop
        label="Choose a .pem file"
        onTaken={([intake]) => {
          if (intake?.ok) field.onChange(intake.pems.join('\n'))
          setAlarm(intake && !intake.ok ? intake : null)
        }}
      >
        {(chooser) => (
          <>
            <PrivateKeyAlarm alarm={alarm} onClose={() => setAlarm(null)} />
            <FormField
              label="Certificates in PEM"
              help="TLS is always verified, by these certificates and those that the system trusts."
              error={(reading && !reading.ok ? reading.message : null) ?? errorSentence(fieldState.error)}
              aside={chooser}
            >
              {(wiring) => (
                <>
                  <Textarea
                    {...wiring}
                    mono
                    ref={field.ref}
                    className="max-h-40"
                    placeholder={'-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE…\n-----END CERTIFICATE-----'}
                    value={field.value}
                    onBlur={field.onBlur}
                    onChange={(event) => change(event.target.value)}
                    onPaste={onPaste}
                  />
                  {reading?.ok && (
                    <ul className="text-compact">
                      {reading.certificates.map(({ subject, notAfter }, at) => (
                        <li key={at} className="break-words">
                          {shownText(subject)} · <Expiry notAfter={notAfter} />
                        </li>
                      ))}
                    </ul>
                  )}
                </>
              )}
            </FormField>
          </>
        )}
      </PemDrop>
    </details>
  )
}

/** Computed while rendering: a certificate can expire after it was pasted. */
function Expiry({ notAfter }: { notAfter: number }) {
  const [now] = useState(() => Date.now())
  const days = Math.floor((notAfter * 1000 - now) / 86_400_000)
  if (days < 0) {
    return <span className="text-attention">expired {relativeWords(notAfter * 1000, now)}: it verifies nothing</span>
  }
  return (
    <span className="text-muted-foreground">
      {days === 1 ? 'one day' : `${days} days`} left, until {utcWords(notAfter * 1000)}
    </span>
  )
}
