'use client'

import { KeyRound } from 'lucide-react'
import { ExportMenu } from '@/components/layout/export-menu'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { evidencePackExport, tokenExports } from '@/lib/client/exports'
import { useTokens } from '@/lib/client/tokens'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { RevokeAllTokens } from './revoke-all-tokens'
import { tokenColumns } from './token-columns'

const pageSize = 50
/** Rows that a page may skip. */
const offsetMax = 10_000

/** Lists the access tokens of an identity, without their text. */
export function TokenList({ identityId }: { identityId: string }) {
  const url = useUrlParameters()
  const asked = Number(url.get('page') ?? 1)
  const page = Number.isSafeInteger(asked) && asked > 0 && (asked - 1) * pageSize <= offsetMax ? asked - 1 : 0
  const offset = page * pageSize
  const { data, error, refetch, isFetching } = useTokens({ identityId, limit: pageSize, offset })
  const total = data?.total ?? 0
  const turnTo = (next: number) => () => url.set({ page: next === 0 ? null : String(next + 1) }, 'push')

  return (
    <Section
      title="Access tokens"
      description="Issued by logins and by Token Auth, newest first."
      flush
      actions={
        <>
          {total > 0 && <RevokeAllTokens identityId={identityId} />}
          <ExportMenu size="sm" choices={[...tokenExports(identityId), evidencePackExport({ identityId })]} />
        </>
      }
    >
      <DataTable
        caption="Access tokens"
        columns={tokenColumns}
        rows={data?.tokens}
        rowId={(token) => token.id}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={4}
        pages={
          total > pageSize
            ? {
                kind: 'pages',
                total,
                isMore: data?.isMore,
                busy: isFetching,
                onPrevious: page > 0 ? turnTo(page - 1) : null,
                onNext: offset + pageSize < Math.min(total, offsetMax) ? turnTo(page + 1) : null,
              }
            : undefined
        }
        empty={
          <EmptyState icon={KeyRound} title="No access tokens">
            An accepted login gets an access token. It is listed here with its uses and its expiry, and can be revoked.
          </EmptyState>
        }
      />
    </Section>
  )
}
