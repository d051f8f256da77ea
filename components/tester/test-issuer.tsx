'use client'

import { FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { breakageGroups, breakages } from '@/lib/client/token-breakages'
import { testKeyDays, type useTestIssuer } from './use-test-issuer'

/** Controls of an open test issuer: claims, ways to break the token, and a warning. */
export function TestIssuer({
  issuer,
  isAccepted,
}: {
  issuer: ReturnType<typeof useTestIssuer>
  /** Whether the draft accepts the token in the box. */
  isAccepted: boolean
}) {
  const broken = issuer.broken && breakages[issuer.broken]
  return (
    <section aria-label="Test issuer" className="grid gap-3 rounded-md border border-attention-border p-3">
      <Callout
        tone="attention"
        title="TEST issuer"
        actions={
          <Button size="sm" onClick={issuer.close}>
            Close
          </Button>
        }
      >
        Its public key is in the trust now: remove it before production. The private key cannot leave this tab.
      </Callout>
      <FormField label="The key ends" help="After that, the key verifies no tokens.">
        {(wiring) => (
          <Select
            {...wiring}
            options={testKeyDays.map((days) => ({
              value: String(days),
              label: days === 1 ? 'after a day' : `after ${days} days`,
            }))}
            value={String(issuer.days)}
            onValueChange={(days) => issuer.endAfter(Number(days))}
          />
        )}
      </FormField>
      <FormField
        label="Claims of the test token"
        help="Signed again at every change, in this tab."
        error={issuer.problem}
        aside={
          <span className="flex gap-3">
            <Button variant="link" size="sm" onClick={issuer.renew}>
              Fresh times
            </Button>
            <Button variant="link" size="sm" onClick={issuer.refill}>
              Fill from the form
            </Button>
          </span>
        }
      >
        {(wiring) => (
          <Textarea
            {...wiring}
            mono
            className="max-h-48"
            value={issuer.claims}
            onChange={(event) => issuer.edit(event.target.value)}
          />
        )}
      </FormField>
      <div className="grid gap-2.5">
        <p className="font-medium">Break it, to see what is caught</p>
        {breakageGroups.map(({ title, ids }) => (
          <fieldset key={title} className="grid gap-1 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
            <legend className="sr-only">{title}</legend>
            <span aria-hidden className="pt-1 text-compact text-muted-foreground">
              {title}
            </span>
            <div className="flex flex-wrap gap-1.5">
              {ids.map((id) => (
                <Button
                  key={id}
                  size="sm"
                  aria-pressed={issuer.broken === id}
                  disabled={issuer.problem !== null}
                  className="aria-pressed:border-accent aria-pressed:bg-accent-subtle"
                  onClick={() => issuer.breakIt(id)}
                >
                  {breakages[id].label}
                </Button>
              ))}
            </div>
          </fieldset>
        ))}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {broken && (
            <Button size="sm" variant="primary" onClick={() => issuer.edit(issuer.claims)}>
              Mend it
            </Button>
          )}
          <p role="status" className="min-w-0 text-compact text-muted-foreground">
            {broken ? `The token in the box is now ${broken.says}.` : 'Each button changes one thing about the token.'}
            {broken && isAccepted && ' This trust accepts it all the same: nothing in the form asks for what is wrong.'}
          </p>
        </div>
      </div>
    </section>
  )
}
