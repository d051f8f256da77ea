'use client'

import { useSyncExternalStore } from 'react'
import { Section } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { useStatus } from '@/lib/client/server-documents'

const databases: Record<string, string> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' }

/** Version of the server, and addresses that clients need. */
export function About() {
  const { data, error, refetch } = useStatus()
  const origin = useSyncExternalStore(
    () => () => {},
    () => window.location.origin,
    () => '',
  )
  const keysUrl = `${origin}/.well-known/jwks.json`
  if (error && !data)
    return <ErrorState title="The server’s status could not be loaded" error={error} onRetry={() => refetch()} />
  return (
    <Section title="This installation" className="max-w-3xl">
      <KeyValueList
        items={[
          {
            label: 'Version',
            value: data ? <code className="text-compact">{data.version}</code> : <Skeleton className="h-4 w-16" />,
          },
          { label: 'Database', value: data?.database ? (databases[data.database] ?? data.database) : null },
          {
            label: 'Address',
            value: (
              <>
                <code className="text-compact">{origin}</code>
                <p className="text-compact text-muted-foreground">
                  The address by which you reach it now. The address that the server uses for itself is set by the
                  environment variable <code>PUBLIC_URL</code>.
                </p>
              </>
            ),
          },
          {
            label: 'Public keys',
            value: (
              <>
                <span className="inline-flex max-w-full items-center gap-1">
                  <a
                    href="/.well-known/jwks.json"
                    className="break-all font-mono text-compact underline underline-offset-2"
                  >
                    {keysUrl}
                  </a>
                  <CopyButton text={keysUrl} label="Copy address of the public keys" />
                </span>
                <p className="text-compact text-muted-foreground">
                  Other services check access tokens issued here with these keys.
                </p>
              </>
            ),
          },
          {
            label: 'API',
            value: (
              <>
                <Link href="/api-reference" className="underline underline-offset-2">
                  Reference
                </Link>
                {' · '}
                <a href="/api/openapi.json" className="underline underline-offset-2">
                  OpenAPI document
                </a>
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}
