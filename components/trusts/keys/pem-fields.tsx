'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { type Control, useController } from 'react-hook-form'
import { errorSentence } from '@/components/form/error-sentence'
import { Button } from '@/components/ui/button'
import type { TrustFormValues } from '../form/values'
import { PemBox } from './pem-box'
import { PemDrop } from './pem-drop'
import type { PemIntake } from './pem-text'
import { PrivateKeyAlarm } from './private-key-alarm'

/** Public keys, a box each; files can be dropped on any. */
export function PemFields({ control, at: row }: { control: Control<TrustFormValues>; at: number }) {
  const { field, fieldState } = useController({ control, name: `sources.${row}.static-pem` })
  const [alarm, setAlarm] = useState<Extract<PemIntake, { ok: false }> | null>(null)
  const boxes = field.value
  const errors: unknown = fieldState.error

  /** Drops empty boxes, but keeps one to type in. */
  function set(pems: string[]) {
    field.onChange(pems.length > 0 ? pems.map((pem) => ({ pem })) : [{ pem: '' }])
  }

  const texts = boxes.map(({ pem }) => pem)

  function take(intakes: PemIntake[]) {
    const refused = intakes.find((intake) => !intake.ok)
    setAlarm(refused && !refused.ok ? refused : null)
    const added = intakes.flatMap((intake) => (intake.ok ? intake.pems : []))
    if (added.length > 0) set([...texts.filter((pem) => pem.trim() !== ''), ...added])
  }

  return (
    <PemDrop label="Choose .pem files" multiple onTaken={take}>
      {(chooser) => (
        <div className="grid gap-3">
          <PrivateKeyAlarm alarm={alarm} onClose={() => setAlarm(null)} />
          {boxes.map(({ pem }, at) => (
            <PemBox
              key={at}
              label={boxes.length > 1 ? `Public key ${at + 1}` : 'Public key'}
              pem={pem}
              error={errorSentence(Array.isArray(errors) ? errors[at] : null)}
              onText={(text) => field.onChange(boxes.map((box, index) => (index === at ? { pem: text } : box)))}
              onSeveral={(pems) => set([...texts.slice(0, at), ...pems, ...texts.slice(at + 1)])}
              onSecret={setAlarm}
              onRemove={boxes.length > 1 || pem !== '' ? () => set(texts.filter((_, index) => index !== at)) : null}
            />
          ))}
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" onClick={() => field.onChange([...boxes, { pem: '' }])}>
              <Plus aria-hidden />
              Add key
            </Button>
            {chooser}
            <p className="text-compact text-muted-foreground">SPKI, PKCS#1, EC or a certificate; drop files here.</p>
          </div>
        </div>
      )}
    </PemDrop>
  )
}
