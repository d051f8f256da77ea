import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import type { Identity } from '@/lib/client/identities'

/** Says of a canary that it opens nothing, and where it is planted; nothing of another identity. */
export function CanaryNote({ identity: { isCanary, canaryPlace } }: { identity: Identity }) {
  if (!isCanary) return null
  return (
    <Callout tone="attention" className="col-span-full" title="This identity is a canary: it gives access to nothing">
      Every login is refused, whatever the token, and opens an incident immediately.
      {canaryPlace !== '' && <> Planted in: {shownText(canaryPlace)}</>}
    </Callout>
  )
}
