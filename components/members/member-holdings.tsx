'use client'

import type { ReactNode } from 'react'
import { Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { Shown } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { type Member, useHoldings } from '@/lib/client/members'
import { trustHref } from '@/lib/client/trust-href'
import { methodName } from '@/lib/client/words'
import { countOf } from './count-of'

/** Lists the identities, trusts and tokens that a person controls by having set them up. */
export function MemberHoldings({ member }: { member: Member }) {
  const { data, error, refetch } = useHoldings(member.id)
  return (
    <Section
      title="Controls"
      description="What they could still reach through the trusts, tokens and links that they set up, even if they are no longer a member."
    >
      {data ? (
        <KeyValueList
          items={[
            {
              label: 'Identities',
              value: listed(
                data.identities.map(({ id, name, role }) => ({ id, name, href: `/identities/${id}`, more: role })),
                data.identityCount,
                data.isMore,
              ),
            },
            {
              label: 'Trusts',
              value: listed(
                data.trusts.map((trust) => ({
                  ...trust,
                  href: trustHref({ ...trust, kind: trust.method }),
                  more: methodName(trust.method),
                })),
                data.trustCount,
                data.isMore,
              ),
            },
            {
              label: 'Links they made to other people',
              value: listed(
                data.links.map(({ id, userId, name, provider, subject }) => ({
                  ...{ id, name, href: `/settings/members/${userId}` },
                  more: (
                    <>
                      <Shown text={provider} /> · <Shown text={subject} />
                    </>
                  ),
                })),
                data.linksMade,
              ),
            },
            { label: 'Tokens they had issued', value: countOf(data.tokensIssued, data) },
            { label: 'Tokens of these identities', value: countOf(data.tokensHeld, data) },
          ]}
        />
      ) : error ? (
        <ErrorState title="What they control could not be loaded" error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton className="h-32" />
      )}
    </Section>
  )
}

type Item = { id: string; name: string; href: string | null; more: ReactNode }

/** Rows shown; further ones are counted. */
const shownMax = 10

const listed = (items: readonly Item[], total: number, isMore = false) =>
  items.length === 0 ? null : (
    <ul className="grid gap-0.5">
      {items.slice(0, shownMax).map(({ id, name, href, more }) => (
        <li key={id}>
          {href ? (
            <Link href={href} className="underline underline-offset-2">
              <Shown text={name} />
            </Link>
          ) : (
            <Shown text={name} />
          )}{' '}
          <span className="text-muted-foreground">{more}</span>
        </li>
      ))}
      {total > shownMax && (
        <li className="text-muted-foreground">
          and {countOf(total - Math.min(items.length, shownMax), { isMore })} more
        </li>
      )}
    </ul>
  )
