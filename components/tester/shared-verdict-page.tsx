'use client'

import { useEffect, useState } from 'react'
import { BrandMark } from '@/components/layout/brand'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { utcWords } from '@/components/ui/time-words'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { fromFragment, type SharedVerdict } from '@/lib/trust/shared-verdict'
import { CheckList } from './check-list'
import { validityOf, validityWords } from './claim-meanings'
import { TokenAnatomy } from './token-anatomy'
import { useNow } from './use-now'
import { VerdictBanner } from './verdict-banner'

/** A verdict from the fragment of the page's address. Nothing of it is requested from the server, or known to be true. */
export function SharedVerdictPage() {
  const [shared, setShared] = useState<SharedVerdict | null | undefined>(undefined)
  useEffect(() => {
    const read = () => setShared(fromFragment(window.location.hash))
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  return (
    <main className="mx-auto grid w-full max-w-3xl gap-4 px-4 py-8">
      <header className="grid gap-3">
        <p className="flex items-center gap-2 font-semibold tracking-tight">
          <BrandMark />
          Keybound
        </p>
        <h1 className="font-semibold text-xl tracking-tight">Shared verdict</h1>
      </header>
      {shared === null && (
        <Callout tone="danger" title="This link holds no verdict">
          Part of it may have been cut off. Ask for the whole link.
        </Callout>
      )}
      {shared && <Shared shared={shared} />}
    </main>
  )
}

function Shared({ shared }: { shared: SharedVerdict }) {
  const decisive = shared.checks.find(({ id }) => id === shared.decisive) ?? null
  const now = useNow(true, 5)
  const verdict: Verdict = { ...shared, decisive, key: null, grant: null }
  return (
    <>
      <Callout tone="attention">
        Everything here comes from the link itself and may have been altered. The link does not contain the signature,
        so nothing can be verified.
      </Callout>
      <Section title="When shared" description={`Judged ${utcWords(shared.at * 1000)}.`} flush>
        <div className="p-4">
          <VerdictBanner verdict={verdict} />
        </div>
        <div className="border-t">
          <CheckList verdict={verdict} />
        </div>
      </Section>
      {now !== null && (
        <Section title="Now" description="Judged by the current time. The trust is not judged again." flush>
          <p className="px-4 py-3 font-medium">{nowWords(shared, now)}</p>
          {/* Without the checks, which are of then. */}
          <TokenAnatomy verdict={{ header: shared.header, claims: shared.claims }} now={now} />
        </Section>
      )}
    </>
  )
}

function nowWords({ claims }: SharedVerdict, now: number): string {
  const validity = claims && validityOf(claims, now)
  return validity ? `By its own times, the token is ${validityWords(validity)}.` : 'The token has no expiry.'
}
