'use client'

import { Network, Table2 } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { counted } from '@/components/ui/counted'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { useFrozenTrusts } from '@/lib/client/frozen-trusts'
import { usePosture } from '@/lib/client/posture'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { MapLoading } from './map-loading'
import { TrustGraph } from './trust-graph'
import { TrustMatrix } from './trust-matrix'

/** Trusts that are loaded by themselves; more on request. */
const shownMax = 300

/** Which issuers are believed, by which trusts, for which roles: as a table or as a graph. */
export function WhoTrustsWhat() {
  const url = useUrlParameters()
  const { data, error, refetch, hasNextPage, isFetching, isError, fetchNextPage, isFetchingNextPage } = usePosture(
    {},
    100,
  )
  const { data: frozen } = useFrozenTrusts()
  const trusts = useMemo(() => {
    const ids = new Set(frozen?.map(({ trustId }) => trustId))
    return data?.trusts.map((trust) => ({ ...trust, isFrozen: ids.has(trust.id) })) ?? []
  }, [data, frozen])
  const count = trusts.length
  const loadsMore = hasNextPage && !isFetching && !isError && count < shownMax
  useEffect(() => {
    if (loadsMore) fetchNextPage()
  }, [loadsMore, fetchNextPage])

  if (error && !data) {
    return (
      <Card>
        <ErrorState title="The trusts could not be loaded" error={error} onRetry={() => refetch()} />
      </Card>
    )
  }
  if (!data) return <MapLoading />
  if (count === 0) {
    return (
      <Card>
        <EmptyState icon={Network} title="No trusts yet">
          Each trust is a line from an issuer to what its tokens may do here.
        </EmptyState>
      </Card>
    )
  }
  const isGraph = url.get('view') === 'graph'
  const hrefOf = (trustId: string) => `/posture?trust=${encodeURIComponent(trustId)}`
  return (
    <Section
      title="Who trusts what"
      description={`${counted(count, 'trust')}${hasNextPage ? ' so far' : ''}, by issuer, the worst first.`}
      flush
      actions={
        <Button size="sm" onClick={() => url.set({ view: isGraph ? null : 'graph' })}>
          {isGraph ? <Table2 aria-hidden /> : <Network aria-hidden />}
          {isGraph ? 'Show as table' : 'Show as graph'}
        </Button>
      }
    >
      {isGraph ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section aria-label="Graph" tabIndex={0} className="overflow-x-auto">
          <TrustGraph trusts={trusts} hrefOf={hrefOf} />
        </section>
      ) : (
        <TrustMatrix trusts={trusts} hrefOf={hrefOf} />
      )}
      {hasNextPage && count >= shownMax && (
        <div className="grid justify-items-center border-t p-3">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </Section>
  )
}
