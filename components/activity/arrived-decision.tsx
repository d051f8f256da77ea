'use client'

import { TryClaims } from '@/components/layout/try-claims'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { CheckList } from '@/components/ui/check-list'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { useDecision } from '@/lib/client/decisions'
import { DecisionHero } from './decision-hero'

/** A login that has just arrived, with its trace: what decided first, the checks that passed folded. */
export function ArrivedDecision({ id }: { id: string }) {
  const { data: decision, error, refetch } = useDecision(id)
  if (error && !decision)
    return <ErrorState title="This decision could not be loaded" error={error} onRetry={() => refetch()} />
  if (!decision) return <Skeleton className="h-48" />
  const failed = decision.trace.filter(({ status }) => status === 'fail' || status === 'warn')
  const passed = decision.trace.filter((check) => !failed.includes(check))
  return (
    <div className="grid gap-4">
      <DecisionHero
        decision={decision}
        actions={
          <>
            {!decision.accepted && <TryClaims decision={decision} />}
            <Button asChild>
              <Link href={`/activity/${decision.id}`}>Whole decision</Link>
            </Button>
          </>
        }
      />
      {decision.trace.length > 0 && (
        <Section title="Checks" flush>
          {failed.length > 0 && <CheckList checks={failed} label="Checks that failed or warn" />}
          <details>
            <summary className="px-4 py-2 text-compact text-muted-foreground">{foldedWords(passed)}</summary>
            <CheckList checks={passed} label="Checks that passed" />
          </details>
        </Section>
      )}
    </div>
  )
}

function foldedWords(checks: readonly { status: string }[]): string {
  const count = checks.filter(({ status }) => status === 'pass').length
  return count === checks.length ? `${count} passed` : `${count} passed, ${checks.length - count} not made`
}
