'use client'

import { RefreshCw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { useFetchKeySource } from '@/lib/client/key-sources'
import { useCan } from '@/lib/client/session'

/** Fetches the source now, past the cache, and shows the result. */
export function FetchNow({ sourceId }: { sourceId: string }) {
  const canWrite = useCan('write')
  const { mutate, isPending, data, error } = useFetchKeySource(sourceId)
  if (!canWrite) return null
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center">
        <p role="status" className="max-w-72 text-compact not-empty:mr-3 text-muted-foreground">
          {isPending ? 'Fetching the keys…' : (shownText(error?.message) ?? (data && outcome(data)))}
        </p>
        <Button variant="primary" busy={isPending} onClick={() => mutate()}>
          {!isPending && <RefreshCw aria-hidden />}
          Fetch now
        </Button>
      </div>
      {/* Always rendered, to avoid layout shifts. */}
      <div className="h-1.5">{isPending && <Progress value={null} label="Fetching the keys" />}</div>
    </div>
  )
}

function outcome({ failure, keyCount, latencyMs }: NonNullable<ReturnType<typeof useFetchKeySource>['data']>): string {
  if (failure) return failure.message
  return `${keyCount === 1 ? 'One key' : `${keyCount ?? 0} keys`} in ${latencyMs ?? 0} ms.`
}
