'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { holdLogin } from '@/lib/client/held-login'
import { useSession } from '@/lib/client/session'
import type { PresetCard } from '@/lib/model/preset-cards'
import type { StandaloneKind } from '@/lib/trust/kinds'
import { canAccess } from '@/lib/trust/role'
import type { StandaloneView } from '../editor/kind-view'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustEditor } from '../editor/trust-editor'
import { TrustLoading } from '../editor/trust-loading'
import { FieldSpot } from '../form/field-spot'
import { SourceFields } from '../keys/key-fields'
import { filledValues } from './filled-values'
import type { TokenBoxSlot } from './guided-page'
import { PresetPicker } from './preset-picker'
import { GuideQuestions } from './questions-part'
import { useDiscovered } from './use-discovered'
import { useGuide } from './use-guide'

/** From "whose tokens?" to a saved trust that belongs to the organization. */
export function GuidedStandalonePage({
  kind,
  view,
  cards,
  tester,
  tokenBox: TokenBox,
}: {
  kind: StandaloneKind
  /** The kind's editor, which the page brings, so that it loads no other kind's. */
  view: StandaloneView
  cards: readonly PresetCard[]
  tester: TesterSlot
  tokenBox: TokenBoxSlot
}) {
  const router = useRouter()
  const own = useSession().data?.role ?? 'no-access'
  const { one, list, guided } = view
  const asked = useGuide(guided.admitsAll)
  useEffect(GuideQuestions.preload, [])
  const discovered = useDiscovered(view.form, asked.guide)
  const { guide } = discovered
  const title = `Set up ${one === 'issuer' ? 'an' : 'a'} ${one}`

  if (!canAccess(own, 'write')) {
    return (
      <>
        <PageHeader title={title} breadcrumbs={[list]} />
        <Callout title={`Your role cannot set up ${list.label.toLowerCase()}`}>An admin or member can.</Callout>
      </>
    )
  }

  const sampleBox = <TokenBox label="Sample token" text={asked.token} onText={asked.paste} />
  if (asked.key === null) {
    return (
      <>
        <PageHeader
          title={title}
          breadcrumbs={[list]}
          description="Say who signs the tokens. Keybound derives keys and rules."
          action={
            <Button asChild>
              <Link href={`${list.href}/new`}>All fields</Link>
            </Button>
          }
        />
        <PresetPicker
          cards={cards}
          sample={sampleBox}
          words={guided.words}
          families={guided.families ?? undefined}
          onPreset={asked.choose}
        />
      </>
    )
  }
  if (!guide) {
    return asked.error ? <Callout tone="danger">{shownText(asked.error.message)}</Callout> : <TrustLoading />
  }

  return (
    <TrustEditor
      // Another platform is another form.
      key={guide.preset.id}
      place={{ kind, trustId: null }}
      view={view}
      title={`Set up ${guide.preset.title}`}
      newTitle={`Add this ${one}`}
      breadcrumbs={[list]}
      stored={null}
      canWrite
      tester={tester}
      onSaved={({ id }) => {
        const { token } = asked
        // A sign-in begins in a browser, at the gateway: no token of this tab can do that.
        if (view.attempt === 'login' && token !== '')
          holdLogin(id, { of: 'the sample token', token: async () => token })
        router.push(`${list.href}/${id}/first-${view.attempt}`)
      }}
      guide={{
        head: null,
        questions: (form) => (
          <>
            <GuideQuestions
              guide={guide}
              answers={asked.answers}
              onAnswers={asked.setAnswers}
              // The tester's own box is beside the questions on wide screens.
              sample={<div className="lg:hidden">{sampleBox}</div>}
              keys={
                <Section title="Keys" description="Where this server fetches the issuer’s public keys.">
                  <div className="grid gap-3">
                    {discovered.isPending && <Progress value={null} label="Reading the issuer’s discovery document" />}
                    {discovered.problem && (
                      <Callout tone="attention" title="The address of the keys is not known">
                        {shownText(discovered.problem)} Give it here.
                      </Callout>
                    )}
                    <FieldSpot name="sources">
                      <SourceFields control={form.control} at={0} kind="jwks-url" />
                    </FieldSpot>
                  </div>
                </Section>
              }
            />
            <guided.Fields control={form.control} />
          </>
        ),
        filled: { key: JSON.stringify(guide), values: filledValues(view.form, guide) },
        missing: { questions: asked.isCurrent ? guide.missing : ['the answers are being read'], always: [] },
        token: asked.token,
        onToken(token) {
          if (token !== asked.token) asked.paste(token)
        },
        prepare: async () => ({ kind, trustId: null }),
        onStartOver: asked.startOver,
      }}
    />
  )
}
