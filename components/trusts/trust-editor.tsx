'use client'

import { type ReactNode, useId, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
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
import type { JsonObject } from '@/lib/trust/json'
import type { Check } from '@/lib/trust/verdict'
import { bindClaim, readdressClaim } from './bind-claim'
import { fieldLabels, labelOf } from './field-labels'
import { fieldOfCheck } from './field-of-check'
import { goToField, PointedField } from './field-spot'
import { NotesList } from './notes-list'
import { notesOf } from './notes-of'
import { SaveDialog } from './save-dialog'
import { emptySourceRow } from './source-rows'
import type { TesterSlot } from './tester-slot'
import { type TrustFormValues, valuesOf } from './trust-form'
import { TrustSections } from './trust-sections'
import { UnreadableNotice } from './unreadable-notice'
import { useTrustForm } from './use-trust-form'
import { useTrustSave } from './use-trust-save'

/** A trust on the left, the tester on the right; below 1024 px they are tabs. */
export function TrustEditor({
  place,
  title,
  newTitle,
  breadcrumbs,
  stored,
  canWrite,
  notice,
  guide,
  tester,
  onSaved,
  after,
}: {
  place: TrustPlace
  title: string
  /** What saving does when nothing is stored yet: "Set up JWT Auth". */
  newTitle: string
  breadcrumbs: readonly Breadcrumb[]
  /** null: it is not set up yet. */
  stored: StoredTrust | null
  canWrite: boolean
  /** Said above the form: why it cannot be changed. */
  notice?: ReactNode
  /** Below the fields, made of them, for readers too. */
  guide?: (form: UseFormReturn<TrustFormValues>) => ReactNode
  tester: TesterSlot
  onSaved?: (trust: StoredTrust) => void
  /** Below the panes, for what is stored. `reset` empties the form after a removal. */
  after?: (reset: () => void) => ReactNode
}) {
  const { method } = place
  const formId = useId()
  const { form, judged } = useTrustForm(method, stored)
  const saving = useTrustSave(place, form, stored, (trust) => onSaved?.(trust))
  const [pointed, setPointed] = useState<string | null>(null)
  const [pane, setPane] = useState('trust')
  const { isDirty } = form.formState
  const question = useUnsavedGuard(isDirty)

  const pathOf = (check: Check) => fieldOfCheck(check, judged.fieldOfPolicy)

  function goTo(check: Check) {
    const path = pathOf(check)
    if (!path) return
    setPane('trust')
    // The pane may have to be shown first.
    requestAnimationFrame(() => goToField(path))
  }

  function change(changed: Partial<TrustFormValues>) {
    const options = { shouldDirty: true, shouldValidate: true }
    if (changed.issuer !== undefined) form.setValue('issuer', changed.issuer, options)
    if (changed.audiences) form.setValue('audiences', changed.audiences, options)
    if (changed.subject !== undefined) form.setValue('subject', changed.subject, options)
    if (changed.claims) form.setValue('claims', changed.claims, options)
    if (changed.roles) form.setValue('roles', changed.roles, options)
    if (changed.prm !== undefined) form.setValue('prm', changed.prm, options)
    if (changed.otherRules) form.setValue('otherRules', changed.otherRules, options)
    if (changed.sources) form.setValue('sources', changed.sources, options)
  }

  function bind(path: string, value: ClaimValue, said: JsonObject | null) {
    apply((before) => bindClaim(before, path, value, said), `bound ${path}`)
  }

  /** Changes the rules of the form, with a way back, or tells why that cannot be done. */
  function apply(bindingOf: (before: TrustFormValues) => ReturnType<typeof bindClaim>, done: string) {
    const before = structuredClone(form.getValues())
    const bound = bindingOf(before)
    if (!bound.ok) return void toast.error(bound.problem)
    change(bound.changed)
    const { issuer, audiences, subject, claims, roles, prm, otherRules } = before
    toast.success(`${labelOf([bound.field])}: ${done}`, {
      action: { label: 'Undo', onClick: () => change({ issuer, audiences, subject, claims, roles, prm, otherRules }) },
    })
  }

  /** In the first row, which keeps what it held of another kind; once a trust has several, in one of its own. */
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
      {/* Stays in sight: what is changed far below must still be saved. */}
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
                <Button disabled={!isDirty} onClick={() => form.reset(valuesOf(method, stored))}>
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
            <FormErrorSummary form={form} labels={fieldLabels} />
            <fieldset disabled={!canWrite} className="grid min-w-0 gap-4">
              <TrustSections form={form} stored={stored} policy={judged.policy} />
            </fieldset>
            {guide?.(form)}
            <NotesList notes={notesOf(judged.policy, method)} />
          </form>
        </TabsContent>
        <TabsContent
          value="tester"
          forceMount
          className="min-w-0 max-lg:data-[state=inactive]:hidden lg:sticky lg:top-[8.75rem] lg:max-h-[calc(100dvh-10rem)] lg:overflow-y-auto lg:pt-0"
        >
          {tester({
            policy: judged.policy,
            leftOut: judged.leftOut.map(labelOf),
            login: { place, isSaved: stored !== null && !isDirty },
            fieldLabelOf(check) {
              const path = pathOf(check)
              return path && (path[0] === 'sources' ? 'Keys' : labelOf(path))
            },
            onPoint: (check) => setPointed((check && pathOf(check)?.join('.')) ?? null),
            onGoTo: goTo,
            onBind: canWrite ? bind : undefined,
            onReaddress: canWrite
              ? (from, to) => apply((before) => readdressClaim(before, from, to), `${to} in place of ${from}`)
              : undefined,
            // Where any key may be typed in; the others speak of one URL.
            onTestKey: canWrite && 'identityId' in place ? addTestKey : undefined,
          })}
        </TabsContent>
      </Tabs>
      {stored && after && <div className="mt-4 grid gap-4">{after(() => form.reset(valuesOf(method, null)))}</div>}
      <SaveDialog
        step={saving.step}
        newTitle={newTitle}
        isSignIn={method === 'sign-in'}
        isBusy={saving.isBusy}
        onClose={saving.close}
        onSave={saving.apply}
        onReload={saving.reload}
      />
    </PointedField>
  )
}
