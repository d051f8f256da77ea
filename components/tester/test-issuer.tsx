'use client'

import { FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { breakages } from '@/lib/client/test-token'
import { testKeyDays, type useTestIssuer } from './use-test-issuer'

/** Controls of an open test issuer: claims, ways to break the token, and a warning. */
export function TestIssuer({ issuer }: { issuer: ReturnType<typeof useTestIssuer> }) {
  const broken = breakages.find(({ id }) => id === issuer.broken)
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
      <FormField label="The key ends" help="After that, no token is verified with it.">
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
      <div className="grid gap-1.5">
        <p className="font-medium">Break it, to see what is caught</p>
        <div className="flex flex-wrap gap-1.5">
          {breakages.map(({ id, label }) => (
            <Button
              key={id}
              size="sm"
              aria-pressed={issuer.broken === id}
              disabled={issuer.problem !== null}
              className="aria-pressed:border-accent aria-pressed:bg-accent-subtle"
              onClick={() => issuer.breakIt(id)}
            >
              {label}
            </Button>
          ))}
          {broken && (
            <Button size="sm" variant="primary" onClick={() => issuer.edit(issuer.claims)}>
              Mend it
            </Button>
          )}
        </div>
        <p className="text-compact text-muted-foreground">
          {broken ? `The token in the box is now ${broken.says}.` : 'Each button changes one thing about the token.'}
        </p>
      </div>
    </section>
  )
}
