'use client'

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react'
import { FormErrorSummary } from '@/components/form/form-error-summary'
import { useUnsavedGuard } from '@/components/form/unsaved-guard'
import { type Breadcrumb, PageHeader } from '@/components/layout/page-header'
import { cautionOf } from '@/components/posture/caution'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { isTokenWaiting } from '@/lib/client/token-handover'
import type { StoredTrust, TrustPlace } from '@/lib/client/trusts'
import type { FindingAnswer } from '@/lib/model/posture'
import type { Check } from '@/lib/trust/engine/verdict'
import { AdvancedFields } from '../fields/advanced-fields'
import { labelOf, labelsOf } from '../form/field'
import { fieldOfCheck, fieldOfFinding } from '../form/field-of-check'
import { goToField, PointedField } from '../form/field-spot'
import { changesOfFix } from '../form/fix-form'
import type { Path } from '../form/path'
import { valuesOf } from '../form/trust-form'
import { useTrustForm } from '../form/use-trust-form'
import type { GuideSlot } from './guide-slot'
import type { JudgementActs } from './judged-findings'
import { JudgementNotice } from './judgement-notice'
import { JudgementPanel } from './judgement-panel'
import type { KindView } from './kind-view'
import { preloadSave, SaveDialog } from './save-dialog'
import { SectionIndex } from './section-index'
import { TestKeyNotice } from './test-key-notice'
import type { TesterSlot } from './tester-slot'
import { UnreadableNotice } from './unreadable-notice'
import { useFilledForm } from './use-filled-form'
import { preloadBinding, useFormActs } from './use-form-acts'
import { judgedDraft, type Sample, useJudgement } from './use-judgement'
import { useTrustSave } from './use-trust-save'

/** Editor with the trust on the left and the tester on the right; tabs below 1024 px. */
export function TrustEditor({
  place,
  view,
  title,
  method,
  newTitle,
  breadcrumbs,
  stored,
  canWrite,
  access,
  notice,
  tester: Tester,
  onSaved,
  after,
  guide,
}: {
  place: TrustPlace
  view: KindView
  title: string
  /** Name of the method, where the title is the identity. */
  method?: string
  /** Action while nothing is stored: "Set up JWT Auth". */
  newTitle: string
  breadcrumbs: readonly Breadcrumb[]
  /** null: not set up yet. */
  stored: StoredTrust | null
  canWrite: boolean
  /** What the identity may do with an access token. */
  access?: 'read' | 'write'
  /** Message above the form: why it cannot be changed. */
  notice?: ReactNode
  tester: TesterSlot
  onSaved?: (trust: StoredTrust) => void
  /** Below the panes, for a stored trust. `reset` empties the form after a removal. */
  after?: (reset: () => void) => ReactNode
  /** Questions that fill the form of a new trust. */
  guide?: GuideSlot
}) {
  const formId = useId()
  const { form, judged, values } = useTrustForm(view.form, stored)
  const acts = useFormActs(view.form, form)
  const [sample, setSample] = useState<Sample | null>(null)
  const draft = judgedDraft(view.form, values, judged, stored)
  const judgement = useJudgement(draft, stored, sample, access)
  const saving = useTrustSave(place, view, form, stored, sample, (trust) => onSaved?.(trust), guide?.prepare)
  const guided = useRef(guide)
  useEffect(() => {
    guided.current = guide
  })
  const takeSample = useCallback((next: Sample | null) => {
    setSample(next)
    if (!next) return
    preloadBinding()
    guided.current?.onToken(next.token)
  }, [])
  const [pointed, setPointed] = useState<string | null>(null)
  // On a small screen one is shown: the tester to whom comes with a token.
  const [pane, setPane] = useState(() => (isTokenWaiting() ? 'tester' : 'trust'))
  const [isGuided, setIsGuided] = useState(guide !== undefined)
  useFilledForm(form, guide?.filled ?? null)
  const missing = guide ? [...guide.missing.always, ...(isGuided ? guide.missing.questions : [])] : []
  const { isDirty } = form.formState
  const question = useUnsavedGuard(isDirty)
  useEffect(() => {
    if (isDirty) preloadSave()
  }, [isDirty])

  const pathOf = (check: Check) => fieldOfCheck(view.form, check, judged.fieldOfPolicy)
  const nameOf = (path: Path) => labelOf(view.form.fields, path)
  const placeOf = (finding: FindingAnswer) => fieldOfFinding(view.form, finding, judged.fieldOfPolicy)

  function show(path: Path | null) {
    if (!path) return
    setPane('trust')
    // The pane may have to be shown first.
    requestAnimationFrame(() => goToField(path))
  }

  const judgementActs: JudgementActs = {
    labelOf: (finding) => nameOf(placeOf(finding)),
    onGoTo: (finding) => show(placeOf(finding)),
    changesOf: ({ changes }) => (judgement.about ? changesOfFix(view.form, judgement.about.policy, changes) : []),
    onFix: canWrite ? (fix) => judgement.about && acts.fix(fix, judgement.about.policy, judged.leftOut) : undefined,
    applied: acts.appliedFix(values),
  }

  return (
    <PointedField value={pointed}>
      {question}
      {/* Sticky, so that changes far below can be saved. */}
      <div data-covers-top className="lg:sticky lg:top-12 lg:z-20 lg:-mt-6 lg:bg-background lg:pt-5 lg:[&>header]:pb-4">
        <PageHeader
          title={title}
          crumb={method}
          tabTitle={method ? `${title} · ${method}` : title}
          breadcrumbs={breadcrumbs}
          status={
            <>
              {method && <Badge icon={null}>{method}</Badge>}
              {isDirty ? (
                <Badge tone="attention">unsaved</Badge>
              ) : stored === null ? (
                <Badge>not set up</Badge>
              ) : (
                !stored.enabled && <Badge tone="attention">switched off</Badge>
              )}
              {stored && (
                <Link
                  href={`/trusts/${stored.id}/versions`}
                  className="rounded-sm text-accent-text text-compact underline underline-offset-4"
                >
                  Version {stored.version}
                </Link>
              )}
            </>
          }
          action={
            canWrite && (
              <>
                {guide ? (
                  <>
                    <Button onClick={guide.onStartOver}>Start over</Button>
                    <Button aria-pressed={!isGuided} onClick={() => setIsGuided(!isGuided)}>
                      {isGuided ? 'All fields' : 'Questions'}
                    </Button>
                  </>
                ) : (
                  <Button disabled={!isDirty} onClick={() => form.reset(valuesOf(view.form, stored))}>
                    Discard
                  </Button>
                )}
                <Button
                  type="submit"
                  form={formId}
                  variant="primary"
                  disabled={!isDirty || missing.length > 0}
                  aria-describedby={missing.length > 0 ? `${formId}-missing` : undefined}
                >
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
        <TabsContent value="trust" forceMount className="min-w-0 pt-0 max-lg:data-[state=inactive]:hidden">
          <form id={formId} noValidate onSubmit={form.handleSubmit(saving.review)} className="grid gap-4">
            <SectionIndex formId={formId} />
            <UnreadableNotice trust={stored} />
            {notice}
            {/* Of what is not begun yet, nothing is said. */}
            {judgement.answer && (stored || isDirty) && missing.length === 0 && (
              <JudgementNotice analysis={judgement.answer} onShow={() => setPane('tester')} />
            )}
            <TestKeyNotice keys={judged.policy.keys} />
            <FormErrorSummary form={form} labels={labelsOf(view.form.fields)} />
            <fieldset disabled={!canWrite} className="grid min-w-0 gap-4">
              {isGuided && guide?.questions(form)}
              {!isGuided && (
                <>
                  <view.Sections form={form} stored={stored} policy={judged.policy} />
                  <AdvancedFields control={form.control} enabledLabel={nameOf(['enabled'])} attempt={view.attempt} />
                </>
              )}
              {guide?.head}
            </fieldset>
            {missing.length > 0 && (
              <p id={`${formId}-missing`} className="text-compact text-muted-foreground">
                Before it can be saved: {shownText(missing.join(', '))}.
              </p>
            )}
            {view.Guide && <view.Guide control={form.control} stored={stored} />}
          </form>
        </TabsContent>
        <TabsContent
          value="tester"
          forceMount
          className="min-w-0 max-lg:data-[state=inactive]:hidden lg:sticky lg:top-[8.75rem] lg:max-h-[calc(100dvh-10rem)] lg:scroll-pt-28 lg:overflow-y-auto pt-0 lg:[--table-head-top:0px]"
        >
          <Tester
            policy={judged.policy}
            leftOut={judged.leftOut.map(nameOf)}
            login={{ place, isSaved: stored !== null && !isDirty }}
            fieldLabelOf={(check) => {
              const path = pathOf(check)
              return path && (path[0] === 'sources' ? 'Keys' : nameOf(path))
            }}
            onPoint={(check) => setPointed((check && pathOf(check)?.join('.')) ?? null)}
            onGoTo={(check) => show(pathOf(check))}
            onBind={canWrite ? acts.bind : undefined}
            onReaddress={canWrite ? acts.readdress : undefined}
            token={guide?.token}
            draft={draft}
            onTake={canWrite ? (fix) => acts.fix(fix, draft, judged.leftOut) : undefined}
            onTestKey={canWrite && view.takesTestKey && !isGuided ? acts.addTestKey : undefined}
            onSample={takeSample}
            caution={judgement.answer && cautionOf(judgement.answer)}
            findings={<JudgementPanel judgement={judgement} acts={judgementActs} />}
          />
        </TabsContent>
      </Tabs>
      {stored && after && <div className="mt-4 grid gap-4">{after(() => form.reset(valuesOf(view.form, null)))}</div>}
      <SaveDialog
        step={saving.step}
        kindForm={view.form}
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
