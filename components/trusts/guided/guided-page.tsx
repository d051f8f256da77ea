'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { shownText } from '@/components/ui/shown'
import { holdLogin } from '@/lib/client/held-login'
import { type Identity, useCreateIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import type { TrustPlace } from '@/lib/client/trusts'
import { Name } from '@/lib/model/identity'
import type { PresetCard } from '@/lib/model/preset-cards'
import { definitionOf, type IdentityKind } from '@/lib/trust/kinds'
import { canAccess } from '@/lib/trust/role'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustEditor } from '../editor/trust-editor'
import { TrustLoading } from '../editor/trust-loading'
import { KeyFields } from '../keys/key-fields'
import { identityViews } from '../kinds/identity-views'
import { filledValues } from './filled-values'
import { IdentityHead, type NewIdentity } from './identity-head'
import { PresetPicker } from './preset-picker'
import { GuideQuestions } from './questions-part'
import type { TestSetUp, testValues } from './test-set-up'
import { useGuide } from './use-guide'

/** Box for a token; the page passes it in, since page families do not import each other. */
export type TokenBoxSlot = (props: { label: string; text: string; onText: (text: string) => void }) => ReactNode

/** From "what logs in?" to a saved trust of an identity, a new one unless one is given. */
export function GuidedPage({
  identity: existing,
  cards,
  tester,
  tokenBox: TokenBox,
}: {
  identity: Identity | null
  cards: readonly PresetCard[]
  tester: TesterSlot
  tokenBox: TokenBoxSlot
}) {
  const router = useRouter()
  const own = useSession().data?.role ?? 'no-access'
  const create = useCreateIdentity()
  const asked = useGuide('never')
  useEffect(GuideQuestions.preload, [])
  const { guide } = asked
  const [test, setTest] = useState<(TestSetUp & { sample: string; valuesOf: typeof testValues }) | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [typed, setTyped] = useState<NewIdentity | null>(null)
  /** The identity that was created, though saving its trust failed. */
  const created = useRef<string | null>(null)

  const breadcrumbs = [
    { label: 'Identities', href: '/identities' },
    ...(existing ? [{ label: existing.name, href: `/identities/${existing.id}` }] : []),
  ]
  const canWrite = canAccess(own, 'write')
  if (!canWrite) {
    return (
      <>
        <PageHeader title="Set up a login" breadcrumbs={breadcrumbs} />
        <Callout title="Your role cannot set up logins">An admin or member can.</Callout>
      </>
    )
  }

  async function openTestIssuer() {
    const tools = await import('./test-set-up').catch(() => null)
    if (!tools) return setFailure('The test issuer could not be loaded. Check your connection and try again.')
    try {
      const made = await tools.makeTestSetUp(window.location.origin)
      setTest({ ...made, sample: await made.token(), valuesOf: tools.testValues })
      setFailure(null)
    } catch {
      setFailure('The browser cannot generate keys on this page: open it over https or on localhost.')
    }
  }

  const sampleBox = <TokenBox label="Sample token" text={asked.token} onText={asked.paste} />
  if (!test && asked.key === null) {
    return (
      <>
        <PageHeader
          title="Set up a login"
          breadcrumbs={breadcrumbs}
          description="Say what logs in. Keybound derives the rules that admit it and nothing else."
        />
        {failure && <Callout tone="danger">{shownText(failure)}</Callout>}
        <PresetPicker cards={cards} sample={sampleBox} onPreset={asked.choose} onTestIssuer={openTestIssuer} />
      </>
    )
  }
  if (!test && !guide) {
    return asked.error ? <Callout tone="danger">{shownText(asked.error.message)}</Callout> : <TrustLoading />
  }

  const kind: IdentityKind = guide && !test && guide.keyKind === 'oidc-discovery' ? 'oidc' : 'jwt'
  const view = identityViews[kind]
  const identity = typed ?? { name: test ? 'test-machine' : (guide?.name ?? ''), role: 'no-access' as const }
  const named = Name.safeParse(identity.name)
  const title = test ? 'Test issuer' : (guide?.preset.title ?? '')

  async function prepare(): Promise<TrustPlace> {
    const id =
      existing?.id ??
      created.current ??
      (await create.mutateAsync({ name: identity.name, role: identity.role, hasDeleteProtection: false, metadata: [] }))
        .id
    created.current = id
    return { identityId: id, kind }
  }

  function arrive() {
    const id = existing?.id ?? created.current
    if (!id) return
    const { token } = asked
    if (test) holdLogin(id, { of: 'the test issuer', token: test.token })
    else if (token !== '') holdLogin(id, { of: 'the sample token', token: async () => token })
    router.push(`/identities/${id}/first-login?method=${kind}`)
  }

  return (
    <TrustEditor
      // Another platform or method is another form.
      key={`${test ? 'test' : guide?.preset.id} ${kind}`}
      place={{ identityId: existing?.id ?? '', kind }}
      view={view}
      title={`Set up ${title}`}
      newTitle={`Set up ${title}, by ${definitionOf(kind).title}`}
      breadcrumbs={breadcrumbs}
      stored={null}
      canWrite
      access={canAccess(existing?.role ?? identity.role, 'write') ? 'write' : 'read'}
      tester={tester}
      onSaved={arrive}
      guide={{
        head: existing ? null : (
          <IdentityHead
            identity={identity}
            own={own}
            problem={named.success ? null : (named.error.issues[0]?.message ?? null)}
            onChange={setTyped}
          />
        ),
        questions: (form) =>
          test || !guide ? (
            <Callout tone="attention" title="TEST issuer">
              Its key was generated in this tab and cannot leave it. Its token is beside this form; once the trust is
              saved, you can log in with it. The key expires after a week. Remove the identity before production.
            </Callout>
          ) : (
            <GuideQuestions
              guide={guide}
              answers={asked.answers}
              onAnswers={asked.setAnswers}
              // The tester's own box is beside the questions on wide screens.
              sample={<div className="lg:hidden">{sampleBox}</div>}
              keys={
                guide.keys === null && (
                  <Section title="Keys" description="This issuer’s address does not lead to its keys. Enter them here.">
                    <KeyFields control={form.control} usual={['jwks-url', 'static-pem']} />
                  </Section>
                )
              }
            />
          ),
        filled: test
          ? { key: test.key.pem, values: test.valuesOf(view.form, test, window.location.origin) }
          : guide && { key: JSON.stringify(guide), values: filledValues(view.form, guide) },
        missing: {
          questions: test || (guide && asked.isCurrent) ? (guide?.missing ?? []) : ['the answers are being read'],
          always: existing || named.success ? [] : ['Name of the identity'],
        },
        token: test ? test.sample : asked.token,
        onToken(token) {
          if (!test && token !== asked.token) asked.paste(token)
        },
        prepare,
        onStartOver() {
          setTest(null)
          setTyped(null)
          asked.startOver()
        },
      }}
    />
  )
}
