'use client'

import { useEffect } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { keepLastValues } from '@/components/trusts/form/kept-values'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'

/** Error boundary of a dashboard page; the frame around it stays. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(keepLastValues, [])
  return (
    <>
      <PageHeader title="This page broke" />
      <Card>
        <ErrorState
          title="It could not be drawn"
          error={{
            message:
              'Try again: an editor still has what was typed. If that does not help, reload the page: it may be older than the server. If it stays, this is a fault of ours; report it with what you did.',
            reqId: error.digest,
          }}
          onRetry={reset}
        />
      </Card>
    </>
  )
}
