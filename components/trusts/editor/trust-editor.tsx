'use client'

import { type ReactNode, useId, useState } from 'react'
import { FormErrorSummary } from '@/components/form/form-error-summary'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { type Breadcrumb, PageHeader } from '@/components/layout/page-header'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { toast } from '@/components/ui/toaster'
import { isTestPem, markTestPem } from '@/lib/client/test-key'
import type { StoredTrust, TrustPlace } from '@/lib/client/trusts'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { AdvancedFields } from '../fields/advanced-fields'
import { bindClaim, readdressClaim } from '../form/bind-claim'
import { labelOf, labelsOf } from '../form/field'
import { fieldOfCheck } from '../form/field-of-check'
import { goToField, PointedField } from '../form/field-spot'
import { notesOf } from '../form/notes-of'
import type { Path } from '../form/path'
import { emptySourceRow } from '../form/source-rows'
import { valuesOf } from '../form/trust-form'
import { useTrustForm } from '../form/use-trust-form'
import type { TrustFormValues } from '../form/values'
import type { KindView } from './kind-view'
import { NotesList } from './notes-list'
import { SaveDialog } from './save-dialog'
import type { TesterSlot } from './tester-slot'
import { UnreadableNotice } from './unreadable-notice'
import { useTrustSave } from './use-trust-save'

/** Editor with the trust on the left and the tester on the right; tabs below 1024 px. */
export function TrustEditor({
  place,
  view,
  title,
  newTitle,
  breadcrumbs,
  stored,
  canWrite,
  notice,
  tester,
  onSaved,
  after,
}: {
  place: TrustPlace
  view: KindView
  title: string
  /** Action while nothing is stored: "Set up JWT Auth". */
  newTitle: string
  breadcrumbs: readonly Breadcrumb[]
  /** null: not set up yet. */
  stored: StoredTrust | null
  canWrite: boolean
  /** Message above the form: why it cannot be changed. */
  notice?: ReactNode
  tester: TesterSlot
  onSaved?: (trust: StoredTrust) => void
  /** Below the panes, for a stored trust. `reset` empties the form after a removal. */
  after?: (reset: () => void) => ReactNode
}) {
  const formId = useId()
  const { form, judged } = useTrustForm(view.form, stored)
  const saving = useTrustSave(place, view, form, stored, (trust) => onSaved?.(trust))
  const [pointed, setPointed] = useState<string | null>(null)
  const [pane, setPane] = useState('trust')
  const { isDirty } = form.formState
  const question = useUnsavedGuard(isDirty)

  const pathOf = (check: Check) => fieldOfCheck(view.form, check, judged.fieldOfPolicy)
  const nameOf = (path: Path) => labelOf(view.form.fields, path)

  function goTo(check: Check) {
    const path = pathOf(check)
    if (!path) return
    setPane('trust')
    // The pane may have to be shown first.
    requestAnimationFrame(() => goToField(path))
  }

  function change(changed: Partial<TrustFormValues>) {
    for (const [name, value] of changesOf(changed))
      form.setValue(name, value, { shouldDirty: true, shouldValidate: true })
  }

  function bind(path: string, value: ClaimValue, said: JsonObject | null) {
    apply((before) => bindClaim(view.form, before, path, value, said), `bound ${path}`)
  }

  /** Changes the form's rules, with undo, or reports why it cannot. */
  function apply(bindingOf: (before: TrustFormValues) => ReturnType<typeof bindClaim>, done: string) {
    const before = structuredClone(form.getValues())
    const bound = bindingOf(before)
    if (!bound.ok) return void toast.error(bound.problem)
    change(bound.changed)
    const old = Object.fromEntries(changesOf(before).filter(([name]) => Object.hasOwn(bound.changed, name)))
    toast.success(`${nameOf([bound.field])}: ${done}`, { action: { label: 'Undo', onClick: () => change(old) } })
  }

  /** In the first row, which keeps its text for another kind; in a row of its own once there are several. */
  function addTestKey(pem: string) {
    const { sources } = structuredClone(form.getValues())
    const row =
      sources.find(({ kind }) => kind === 'static-pem') ??
      (sources.length === 1 ? sources[0] : null) ??
      emptySourceRow('static-pem')
    const filled = row['static-pem'].filter(({ pem: old }) => old.trim() !== '' && !isTestPem(old))
    row.kind = 'static-pem'
    row['static-pem'] = [...filled, { pem: markTestPem(pem) }]
    change({ sources: sources.includes(row) ? sources : [...sources, row] })
  }

  return (
    <PointedField value={pointed}>
      {question}
      {/* Sticky, so that changes far below can be saved. */}
      <div className="lg:sticky lg:top-12 lg:z-20 lg:-mt-6 lg:bg-background lg:pt-5 lg:[&>header]:pb-4">
        <PageHeader
          title={title}
          breadcrumbs={breadcrumbs}
          status={
            isDirty ? (
              <Badge tone="attention">unsaved</Badge>
            ) : stored === null ? (
              <Badge>not set up</Badge>
            ) : (
              !stored.enabled && <Badge tone="attention">switched off</Badge>
            )
          }
          action={
            canWrite && (
              <>
                <Button disabled={!isDirty} onClick={() => form.reset(valuesOf(view.form, stored))}>
                  Discard
                </Button>
                <Button type="submit" form={formId} variant="primary" disabled={!isDirty}>
                  Review and save
                </Button>
              </>
            )
          }
        />
      </div>
      <Tabs value={pane} onValueChange={setPane} className="grid items-start gap-4 lg:grid-cols-2">
        <TabsList aria-label="Panes" className="lg:hidden">
          <TabsTrigger value="trust">Trust</TabsTrigger>
          <TabsTrigger value="tester">Tester</TabsTrigger>
        </TabsList>
        <TabsContent value="trust" forceMount className="min-w-0 max-lg:data-[state=inactive]:hidden lg:pt-0">
          <form id={formId} noValidate onSubmit={form.handleSubmit(saving.review)} className="grid gap-4">
            <UnreadableNotice trust={stored} />
            {notice}
            <FormErrorSummary form={form} labels={labelsOf(view.form.fields)} />
            <fieldset disabled={!canWrite} className="grid min-w-0 gap-4">
              <view.Sections form={form} stored={stored} policy={judged.policy} />
              <AdvancedFields control={form.control} enabledLabel={nameOf(['enabled'])} attempt={view.attempt} />
            </fieldset>
            {view.Guide && <view.Guide control={form.control} stored={stored} />}
            <NotesList notes={notesOf(judged.policy, place.kind)} />
          </form>
        </TabsContent>
        <TabsContent
          value="tester"
          forceMount
          className="min-w-0 max-lg:data-[state=inactive]:hidden lg:sticky lg:top-[8.75rem] lg:max-h-[calc(100dvh-10rem)] lg:overflow-y-auto lg:pt-0"
        >
          {tester({
            policy: judged.policy,
            leftOut: judged.leftOut.map(nameOf),
            login: { place, isSaved: stored !== null && !isDirty },
            fieldLabelOf(check) {
              const path = pathOf(check)
              return path && (path[0] === 'sources' ? 'Keys' : nameOf(path))
            },
            onPoint: (check) => setPointed((check && pathOf(check)?.join('.')) ?? null),
            onGoTo: goTo,
            onBind: canWrite ? bind : undefined,
            onReaddress: canWrite
              ? (from, to) => apply((before) => readdressClaim(before, from, to), `${to} in place of ${from}`)
              : undefined,
            onTestKey: canWrite && view.takesTestKey ? addTestKey : undefined,
          })}
        </TabsContent>
      </Tabs>
      {stored && after && <div className="mt-4 grid gap-4">{after(() => form.reset(valuesOf(view.form, null)))}</div>}
      <SaveDialog
        step={saving.step}
        newTitle={newTitle}
        attempt={view.attempt}
        isBusy={saving.isBusy}
        onClose={saving.close}
        onSave={saving.apply}
        onReload={saving.reload}
      />
    </PointedField>
  )
}

/** Top-level values of a form, typed by their names. */
const changesOf = (values: Partial<TrustFormValues>) =>
  Object.entries(values) as [keyof TrustFormValues, TrustFormValues[keyof TrustFormValues]][]
