'use client'

import { GitBranch } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { toast } from '@/components/ui/toaster'
import { useCan } from '@/lib/client/session'
import { type SubjectMigration, useChangeSubjectForm, useSubjectMigration } from '@/lib/client/subject-migration'
import { BoardLoading } from './board-loading'
import { MigrationCard } from './migration-card'
import { boardColumns } from './state-words'

/** Trusts of GitHub Actions on their way from subjects with names alone to those with ids. */
export function MigrationBoard() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useSubjectMigration()
  if (error && !data) {
    return (
      <Card>
        <ErrorState title="The trusts could not be loaded" error={error} onRetry={() => refetch()} />
      </Card>
    )
  }
  if (!data) return <BoardLoading />
  if (data.length === 0) {
    return (
      <Card>
        <EmptyState icon={GitBranch} title="No trust of GitHub Actions">
          Since 15 July 2026 GitHub writes ids into the subject of repositories that are new, renamed or transferred.
          Trusts that accept names alone are listed here, with the change that keeps their jobs running.
        </EmptyState>
      </Card>
    )
  }
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted-foreground">
        Since 15 July 2026 GitHub writes ids into the subject of repositories that are new, renamed or transferred.
        Which form came is counted over the last 90 days; ids are taken from tokens whose signature was verified.
      </p>
      <Board trusts={data} />
      {hasNextPage && (
        <Button className="justify-self-center" busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Load more
        </Button>
      )}
    </div>
  )
}

function Board({ trusts }: { trusts: readonly SubjectMigration[] }) {
  const canWrite = useCan('write')
  const change = useChangeSubjectForm()

  async function take({ trustId, step }: SubjectMigration) {
    if (!step) return
    try {
      await change.mutateAsync({ trustId, change: step.change })
      toast.success(step.change === 'add-immutable' ? 'Both forms are accepted now.' : 'The old form is removed.')
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'It did not work. Try again.')
    }
  }

  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {boardColumns.map(({ title, description, states }) => {
        const own = trusts.filter(({ state }) => states.includes(state))
        return (
          <section key={title} aria-label={title} className="grid min-w-0 gap-2">
            <header>
              <h2 className="flex items-baseline gap-2 font-semibold">
                {title}
                <span className="font-normal text-muted-foreground tabular-nums">{own.length}</span>
              </h2>
              <p className="text-compact text-muted-foreground">{description}</p>
            </header>
            {own.length === 0 ? (
              <p className="rounded-lg border border-dashed px-3 py-4 text-center text-compact text-muted-foreground">
                None
              </p>
            ) : (
              <ul className="grid gap-2">
                {own.map((trust) => (
                  <MigrationCard
                    key={trust.trustId}
                    trust={trust}
                    onStep={canWrite ? take : undefined}
                    isBusy={change.isPending && change.variables.trustId === trust.trustId}
                  />
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </div>
  )
}
