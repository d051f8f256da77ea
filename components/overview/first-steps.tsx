'use client'

import { Circle, CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { useIdentities } from '@/lib/client/identities'
import type { Overview } from '@/lib/client/overview'

/** Steps from an empty installation to a working login; hidden once all are done. */
export function FirstSteps({ steps }: { steps: Overview['steps'] }) {
  const done = steps.identity && steps.trust && steps.acceptedLogin
  // The newest identity is the one being set up.
  const newest = useIdentities({ sort: 'createdAt', direction: 'desc', limit: 1 }, { enabled: steps.identity && !done })
  const identity = newest.data?.identities[0]
  if (done) return null

  const trustHref = identity ? `/identities/${identity.id}/jwt-auth` : '/identities'
  const list = [
    {
      title: 'Create an identity',
      words: 'The machine that will log in: a pipeline, a service, a cluster.',
      done: steps.identity,
      act: { label: 'Create an identity', href: '/identities' },
    },
    {
      title: 'Trust an issuer',
      words:
        'Say whose tokens it may log in with, and under which rules. No issuer at hand? Use the test issuer there.',
      done: steps.trust,
      act: { label: identity ? `Set up ${identity.name}` : 'Set up JWT Auth', href: trustHref },
    },
    {
      title: 'See the first login accepted',
      words: 'Run the snippet of the trust from your machine; the decision appears in Activity.',
      done: steps.acceptedLogin,
      act: { label: 'Get the snippet', href: trustHref },
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
