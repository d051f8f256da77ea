'use client'

import { Circle, CircleCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import { useIdentities } from '@/lib/client/identities'
import type { Overview } from '@/lib/client/overview'
import { identityKinds } from '@/lib/trust/kinds/outline'

/** The method of an identity that has one. */
const methodOf = ({ methods }: { methods: readonly string[] }) =>
  identityKinds.find((kind) => methods.includes(kind)) ?? 'jwt'

/** Steps from an empty installation to a working login; hidden once all are done. */
export function FirstSteps({ steps }: { steps: Overview['steps'] }) {
  const done = steps.identity && steps.trust && steps.acceptedLogin
  // The newest identity is the one being set up.
  const newest = useIdentities({ sort: 'createdAt', direction: 'desc', limit: 1 }, { enabled: steps.identity && !done })
  const identity = newest.data?.identities[0]
  if (done) return null

  const guideHref = identity ? `/identities/new?identity=${identity.id}` : '/identities/new'
  const waitHref = identity ? `/identities/${identity.id}/first-login?method=${methodOf(identity)}` : '/identities'
  const list = [
    {
      title: 'Say what logs in',
      words:
        'A pipeline, a service or a cluster. Its platform determines which issuer to trust. If you have none yet, use the test issuer.',
      done: steps.identity,
      act: { label: 'Set up the first login', href: '/identities/new' },
    },
    {
      title: 'Trust its tokens',
      words: 'Under the rules that admit it and nothing else.',
      done: steps.trust,
      act: { label: identity ? `Set up ${identity.name}` : 'Set up the first login', href: guideHref },
    },
    {
      title: 'See the first login accepted',
      words: 'Run the snippet where the workload runs, or log in from the page. The decision appears there.',
      done: steps.acceptedLogin,
      act: { label: 'Wait for the login', href: waitHref },
    },
  ]
  const next = list.find((step) => !step.done)

  return (
    <Section title="First steps" description="From here to a working login." flush>
      <ol className="divide-y">
        {list.map((step) => (
          <li key={step.title} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            {step.done ? (
              <CircleCheck aria-hidden className="size-5 shrink-0 text-accepted" />
            ) : (
              <Circle aria-hidden className="size-5 shrink-0 text-muted-foreground" />
            )}
            <div className="min-w-0 flex-1 basis-60">
              <p className={cn('font-medium', step.done && 'text-muted-foreground')}>
                {step.title}
                {step.done && <span className="ml-2 font-normal text-accepted text-compact">Done</span>}
              </p>
              {!step.done && <p className="text-compact text-muted-foreground">{step.words}</p>}
            </div>
            {step === next && (
              <Button asChild variant="primary">
                <Link href={step.act.href}>{step.act.label}</Link>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
