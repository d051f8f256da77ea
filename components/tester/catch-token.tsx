'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CheckList } from '@/components/ui/check-list'
import { CodeBlock } from '@/components/ui/code-block'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import { plainAudience, withAudience } from '@/lib/client/snippets'
import { catchCommand, type TokenInbox, useCloseInbox, useInbox, useOpenInbox } from '@/lib/client/token-inboxes'
import { unsignedToken } from '@/lib/client/unsigned-token'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/**
 * An inbox for one token of the workload, open for ten minutes: the server verifies its signature through the keys of the draft and drops
 * it; header, claims and verdict come here.
 */
export function CatchToken({
  draft,
  onCaught,
  onClose,
}: {
  draft: JudgedPolicy
  /** Told the header and claims as a token without a signature. */
  onCaught: (token: string) => void
  onClose: () => void
}) {
  const open = useOpenInbox()
  const close = useCloseInbox()
  const inbox = useInbox(open.data?.id ?? null)
  const requests = useAnswer('tokenRequests', JSON.stringify([draft.issuer, draft.keys, draft.rules]), () => ({
    policy: draft,
  })).answer

  const audience = plainAudience(draft.rules) ?? window.location.origin

  const isBegun = useRef(false)
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    open.mutate(draft)
  }, [open, draft])

  const evaluation = inbox.data?.evaluation
  const told = useRef<string | null>(null)
  useEffect(() => {
    const id = open.data?.id
    if (!id || told.current === id || !evaluation?.header || !evaluation.claims) return
    told.current = id
    onCaught(unsignedToken(evaluation.header, evaluation.claims))
  }, [open.data, evaluation, onCaught])

  const error = open.error ?? inbox.error
  return (
    <section aria-label="Catch a token" className="grid gap-3 border-t p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">Catch a token</h3>
        <span className="flex gap-2">
          {evaluation && (
            <Button size="sm" busy={open.isPending} onClick={() => open.mutate(draft)}>
              Catch another
            </Button>
          )}
          <Button
            size="sm"
            onClick={() => {
              if (open.data) close.mutate(open.data.id)
              onClose()
            }}
          >
            Close
          </Button>
        </span>
      </div>
      {error && <Callout tone="danger">{shownText(error.message)}</Callout>}
      {open.data && !inbox.data?.caughtAt && (
        <>
          <p className="text-compact text-muted-foreground">
            Run this where the workload runs, with its token in $JWT. It takes one token and ends{' '}
            <TimeAgo at={open.data.expiresAt} />. Nothing logs in; the signature is verified and dropped.
          </p>
          {requests?.map(({ title, snippet }) => (
            <div key={title} className="grid gap-1">
              <p className="text-compact text-muted-foreground">{shownText(title)}</p>
              <CodeBlock label="snippet" code={withAudience(snippet, audience)} wrap />
            </div>
          ))}
          <CodeBlock label="catch command" code={catchCommand(window.location.origin, open.data.secret)} wrap />
        </>
      )}
      <p role="status" aria-label="Caught token" className="text-compact font-medium">
        {shownText(stateWords(inbox.data, open.data !== undefined))}
      </p>
      {evaluation && (
        <>
          <CheckList
            checks={evaluation.checks.filter(({ id, status }) => status === 'fail' || id === 'signature')}
            label="Checks of the caught token"
          />
          <p className="text-compact text-muted-foreground">
            {evaluation.claims
              ? 'The box above has the header and claims without the signature, so the signature check fails there.'
              : 'It holds no claims, so nothing of it is in the box above.'}
          </p>
        </>
      )}
    </section>
  )
}

function stateWords(inbox: TokenInbox | undefined, isOpen: boolean): string {
  if (inbox?.evaluation)
    return `A token has arrived. The draft ${inbox.evaluation.accepted ? 'accepts' : 'refuses'} it.`
  if (inbox?.caughtAt) return 'A token has arrived and is being judged.'
  return isOpen ? 'Waiting for a token.' : 'Opening the inbox.'
}
