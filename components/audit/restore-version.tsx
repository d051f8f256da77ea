'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { isDemand } from '@/components/posture/demand'
import {
  type Demanded,
  demandedBy,
  type JustificationForm,
  justificationSchema,
  toChangeReasons,
} from '@/components/posture/justification'
import { JustificationFields } from '@/components/posture/justification-fields'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { shownText } from '@/components/ui/shown'
import { useRestoreVersion } from '@/lib/client/trust-versions'

type Place = { trustId: string; version: number; current: number }

/** Makes an earlier version of a trust the current one; nothing for the version that is. */
export function RestoreVersion(place: Place) {
  const [isOpen, setIsOpen] = useState(false)
  if (place.version === place.current) return null
  return (
    <>
      <Button size="sm" aria-label={`Restore version ${place.version}`} onClick={() => setIsOpen(true)}>
        Restore
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen}>
        {isOpen && <Question {...place} onDone={() => setIsOpen(false)} />}
      </Dialog>
    </>
  )
}

function Question({ trustId, version, current, onDone }: Place & { onDone: () => void }) {
  const formId = useId()
  const restore = useRestoreVersion(trustId)
  // What this version lets in is judged by the server, which then says what it wants to be told.
  const [demanded, setDemanded] = useState<Demanded>(demandedBy(null))
  const form = useForm<JustificationForm>({
    resolver: zodResolver(justificationSchema(demanded)),
    defaultValues: { reason: '', isAccepted: false },
  })
  const [problem, setProblem] = useState<string | null>(null)
  const submit = form.handleSubmit(async (typed) => {
    setProblem(null)
    try {
      await restore.mutateAsync({ version, current, said: toChangeReasons(demanded, typed) })
      onDone()
    } catch (error) {
      if (isDemand(error)) setDemanded(demandedBy(error))
      else setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    }
  })
  return (
    <DialogContent
      title={`Restore version ${version}?`}
      description={`Logins are judged by it from then on. It becomes version ${current + 1}; name and identity do not change.`}
      footer={<DialogActions submitLabel="Restore" form={formId} busy={restore.isPending} />}
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-3">
        {demanded.needsReason && demanded.blocking.length === 0 && (
          <Callout tone="attention">It accepts more than the current version, so a reason is needed.</Callout>
        )}
        <JustificationFields demanded={demanded} control={form.control} />
        {problem && <Callout tone="danger">{shownText(problem)}</Callout>}
      </form>
    </DialogContent>
  )
}
