'use client'

import { columnsOf } from '@/components/ui/data-table-columns'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { TimesBadge } from '@/components/ui/times-badge'
import type { DecisionSummary } from '@/lib/client/decisions'
import { visibleText } from '@/lib/trust/unseen'
import { Outcome } from './outcome'

/** A decision; `finding`: why the trust that accepted it accepts every caller. */
export type DecisionRow = DecisionSummary & { finding: string | null }

const column = columnsOf<DecisionRow>()

/** Methods of logins without an identity. */
const withoutIdentity: Readonly<Record<string, string>> = { issuer: 'Issuer’s token', 'sign-in': 'A person' }

/** A row with an organization and without an identity was counted for several identities. */
const withoutName = ({ method, organizationId, repeats }: DecisionSummary) =>
  withoutIdentity[method] ?? (organizationId !== null && repeats !== null ? 'Several' : 'Unknown')

const outcome = column.accessor('accepted', {
  header: 'Outcome',
  enableSorting: false,
  cell: ({ getValue, row: { original } }) => (
    <>
      <Outcome accepted={getValue()} isOpen={original.finding !== null} />
      <TimesBadge repeats={original.repeats} />
      <span className="sr-only"> login of {shownText(original.identityName) ?? 'an unknown identity'}</span>
    </>
  ),
})

const when = column.accessor('at', {
  header: 'When',
  enableSorting: false,
  cell: ({ getValue }) => <TimeAgo at={getValue()} />,
})

const identity = column.accessor('identityName', {
  header: 'Identity',
  enableSorting: false,
  cell: ({ getValue, row: { original } }) => {
    const name = getValue()
    if (name === null) return <span className="text-muted-foreground">{withoutName(original)}</span>
    return (
      <span title={visibleText(name)} className="block max-w-24 truncate sm:max-w-52">
        {shownText(name)}
      </span>
    )
  },
})

const reason = column.accessor('message', {
  header: 'Reason',
  enableSorting: false,
  meta: { hideBelow: 'md' },
  cell: ({ getValue, row: { original } }) => (
    // The first column shows "Accepted" already.
    <span className="line-clamp-2" title={visibleText(original.accepted ? original.finding : getValue())}>
      {original.accepted ? (shownText(original.finding) ?? '–') : shownText(getValue())}
    </span>
  ),
})

const from = column.accessor('issuer', {
  header: 'Issuer and subject',
  enableSorting: false,
  meta: { hideBelow: 'lg' },
  cell: ({ row: { original } }) => (
    <span className="grid max-w-72 xl:min-w-60 font-mono text-xs leading-4">
      <span className="truncate" title={visibleText(original.issuer)}>
        <Shown text={original.issuer ?? '–'} />
      </span>
      <span className="truncate text-muted-foreground" title={visibleText(original.subject)}>
        <Shown text={original.subject ?? '–'} />
      </span>
    </span>
  ),
})

const ip = column.accessor('ip', {
  header: 'IP',
  enableSorting: false,
  meta: { mono: true, hideBelow: 'lg' },
  cell: ({ getValue }) => shownText(getValue()) ?? '–',
})

/** Columns of the list of decisions. */
export const decisionColumns = column.columns([outcome, when, identity, reason, from, ip])

/** Columns of the list of one identity's decisions. */
export const identityDecisionColumns = column.columns([outcome, when, reason, from, ip])
