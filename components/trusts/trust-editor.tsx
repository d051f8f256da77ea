'use client'

import { useId, useState } from 'react'
import { FormErrorSummary } from '@/components/form/form-error-summary'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { PageHeader } from '@/components/layout/page-header'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { toast } from '@/components/ui/toaster'
import { isTestPem, markTestPem } from '@/lib/client/test-key'
import type { StoredTrust, TrustMethod } from '@/lib/client/trusts'
import { methodName } from '@/lib/client/words'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/verdict'
import { AdvancedFields } from './advanced-fields'
import { bindClaim } from './bind-claim'
import { ClaimFields } from './claim-fields'
import { fieldLabels, labelOf } from './field-labels'
import { fieldOfCheck } from './field-of-check'
import { goToField, PointedField } from './field-spot'
import { GrantFields } from './grant-fields'
import { KeyFields } from './key-fields'
import { NotesList } from './notes-list'
import { notesOf } from './notes-of'
import { RemoveTrust } from './remove-trust'
import { SaveDialog } from './save-dialog'
import { SnippetsSection } from './snippets-section'
import type { TesterSlot } from './tester-slot'
import type { TrustFormValues } from './trust-form'
import { useTrustForm, valuesOf } from './use-trust-form'
import { useTrustSave } from './use-trust-save'

/** A trust on the left, the tester on the right; below 1024 px they are tabs. */
export function TrustEditor({
  identity,
  method,
  stored,
  canWrite,
  tester,
}: {
  identity: { id: string; name: string }
  method: TrustMethod
  /** null: the method is not set up yet. */
  stored: StoredTrust | null
  canWrite: boolean
  tester: TesterSlot
}) {
  const formId = useId()
  const { form, judged } = useTrustForm(method, stored)
  const saving = useTrustSave({ identityId: identity.id, method }, form, stored)
  const [pointed, setPointed] = useState<string | null>(null)
  const [pane, setPane] = useState('trust')
  const { isDirty } = form.formState
  const question = useUnsavedGuard(isDirty)
  const { control } = form

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
    if (changed.otherRules) form.setValue('otherRules', changed.otherRules, options)
    if (changed.keyKind) form.setValue('keyKind', changed.keyKind, options)
    if (changed.sources) form.setValue('sources.static-pem', changed.sources['static-pem'], options)
  }

  function bind(path: string, value: ClaimValue) {
    const before = structuredClone(form.getValues())
    const bound = bindClaim(before, path, value)
    if (!bound.ok) return void toast.error(bound.problem)
    change(bound.changed)
    const { issuer, audiences, subject, claims, otherRules } = before
    toast.success(`${labelOf([bound.field])}: bound ${path}`, {
      action: { label: 'Undo', onClick: () => change({ issuer, audiences, subject, claims, otherRules }) },
    })
  }

  function addTestKey(pem: string) {
    const { sources } = form.getValues()
    const filled = sources['static-pem'].filter(({ pem: old }) => old.trim() !== '' && !isTestPem(old))
    const boxes = [...filled, { pem: markTestPem(pem) }]
    change({ keyKind: 'static-pem', sources: { ...sources, 'static-pem': boxes } })
  }

  return (
    <PointedField value={pointed}>
      {question}
      {/* Stays in sight: what is changed far below must still be saved. */}
      <div className="lg:sticky lg:top-12 lg:z-20 lg:-mt-6 lg:bg-background lg:pt-5 lg:[&>header]:pb-4">
        <PageHeader
          title={methodName(method)}
          breadcrumbs={[
            { label: 'Identities', href: '/identities' },
            { label: identity.name, href: `/identities/${identity.id}` },
          ]}
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
            <FormErrorSummary form={form} labels={fieldLabels} />
            <fieldset disabled={!canWrite} className="grid min-w-0 gap-4">
              <Section title="What we trust" description="Whose keys, and what their tokens must say.">
                <div className="grid gap-5">
                  <KeyFields control={control} method={method} />
                  <hr />
                  <ClaimFields control={control} />
                </div>
              </Section>
              <Section title="What it buys" description="The access token an accepted login gets.">
                <GrantFields control={control} />
              </Section>
              <AdvancedFields control={control} />
            </fieldset>
            <NotesList notes={notesOf(judged.policy)} />
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
            login: { identityId: identity.id, method, isSaved: stored !== null && !isDirty },
            fieldLabelOf(check) {
              const path = pathOf(check)
              return path && (path[0] === 'sources' ? 'Keys' : labelOf(path))
            },
            onPoint: (check) => setPointed((check && pathOf(check)?.join('.')) ?? null),
            onGoTo: goTo,
            onBind: canWrite ? bind : undefined,
            onTestKey: canWrite ? addTestKey : undefined,
          })}
        </TabsContent>
      </Tabs>
      {stored && (
        <div className="mt-4 grid gap-4">
          <SnippetsSection identityId={identity.id} method={method} trust={stored} />
          {canWrite && (
            <div>
              <RemoveTrust
                identityId={identity.id}
                identityName={identity.name}
                method={method}
                onRemoved={() => form.reset(valuesOf(method, null))}
              />
            </div>
          )}
        </div>
      )}
      <SaveDialog
        step={saving.step}
        isBusy={saving.isBusy}
        onClose={saving.close}
        onSave={saving.apply}
        onReload={saving.reload}
      />
    </PointedField>
  )
}
