import { FrozenBadge } from '@/components/layout/frozen-trust'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { Table, TableBody, TableCell, TableFrame, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { methodName } from '@/lib/client/words'
import { type IssuerGroup, issuerGroups, type MappedTrust, nameOf, notesOnUse } from './map-rows'

/** Issuer → trust → identity → role, a row a trust, grouped by issuer. */
export function TrustMatrix({
  trusts,
  hrefOf,
}: {
  trusts: readonly MappedTrust[]
  hrefOf: (trustId: string) => string
}) {
  return (
    <TableFrame label="Who trusts what">
      <Table caption="Who trusts what">
        <TableHead>
          <tr>
            <TableHeader className="max-md:hidden">Issuer</TableHeader>
            <TableHeader className="max-md:pl-4 max-sm:pl-4">Trust</TableHeader>
            <TableHeader className="max-sm:hidden">Role</TableHeader>
            <TableHeader>Worst finding</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {issuerGroups(trusts).map((group) =>
            group.trusts.map((trust, at) => (
              <TableRow key={trust.id}>
                {at === 0 && (
                  <th
                    scope="rowgroup"
                    rowSpan={group.trusts.length}
                    className="max-w-72 border-b px-3 py-2 text-left align-top font-normal first:pl-4 max-md:hidden"
                  >
                    <IssuerName group={group} />
                  </th>
                )}
                <TableCell className="py-1.5 first:pl-3 max-md:pl-4 max-md:first:pl-4 max-sm:pl-4">
                  <Link href={hrefOf(trust.id)} className="rounded-sm break-words font-medium hover:text-accent-text">
                    {shownText(nameOf(trust))}
                  </Link>
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
                    {methodName(trust.method)}
                    {trust.isCanary && <Badge tone="attention">canary</Badge>}
                    {trust.isFrozen && <FrozenBadge />}
                    {!trust.enabled && <Badge tone="attention">switched off</Badge>}
                    {notesOnUse(trust).map((note) => (
                      <Badge key={note}>{shownText(note)}</Badge>
                    ))}
                  </span>
                  <span className="block break-all font-mono text-muted-foreground text-xs md:hidden">
                    {shownText(trust.issuer ?? 'any issuer')}
                  </span>
                </TableCell>
                <TableCell className="max-sm:hidden">
                  {trust.role ? <Badge icon={null}>{trust.role}</Badge> : '–'}
                </TableCell>
                <TableCell>
                  <SeverityChip severity={trust.worst} />
                </TableCell>
              </TableRow>
            )),
          )}
        </TableBody>
      </Table>
    </TableFrame>
  )
}

function IssuerName({ group: { issuer, title } }: { group: IssuerGroup<MappedTrust> }) {
  return (
    <span className="grid gap-0.5">
      {title && <span className="font-medium">{shownText(title)}</span>}
      {issuer !== null && (
        <span className="break-all font-mono text-muted-foreground text-xs">{shownText(issuer)}</span>
      )}
    </span>
  )
}
