import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { KeySourceDetail } from '@/lib/client/key-sources'

/** Certificate chain of a host. */
export function CertificateChain({ tls }: { tls: NonNullable<KeySourceDetail['tls']> }) {
  return (
    <ol className="divide-y">
      {tls.chain.map(({ subject, notAfter, fingerprint }) => (
        <li key={fingerprint} className="grid gap-0.5 px-4 py-2">
          <span className="break-words">{shownText(subject)}</span>
          <span className="flex flex-wrap gap-x-3 text-compact text-muted-foreground">
            <span>
              ends <TimeAgo at={notAfter * 1000} />
            </span>
            <MiddleTruncate text={fingerprint} head={11} tail={5} />
          </span>
        </li>
      ))}
    </ol>
  )
}
