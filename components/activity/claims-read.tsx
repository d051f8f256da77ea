import { Badge } from '@/components/ui/badge'
import { Shown, shownText } from '@/components/ui/shown'
import { Table, TableBody, TableCell, TableFrame, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { Decision } from '@/lib/client/decisions'
import { readClaims } from './read-claims'

/** Claims of a login as a table, with the checks that read them. */
export function ClaimsRead({ decision }: { decision: Decision }) {
  if (!decision.claims) return <p className="p-4 text-muted-foreground">They could not be read.</p>
  return (
    <TableFrame label="Claims">
      <Table caption="Claims">
        <TableHead>
          <tr>
            <TableHeader>Claim</TableHeader>
            <TableHeader>Value</TableHeader>
            <TableHeader>Read by</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {readClaims(decision).map(({ name, value, checks }) => (
            <TableRow key={name}>
              <TableCell className="w-0 first:min-w-0 max-sm:first:min-w-0 font-mono">{shownText(name)}</TableCell>
              <TableCell className="wrap-anywhere py-1.5 font-mono text-xs">
                <Shown text={value} />
              </TableCell>
              <TableCell className="w-0 whitespace-nowrap">
                {checks.length === 0 && <span className="text-muted-foreground">–</span>}
                {checks.map(({ id, status }) => (
                  <Badge key={id} tone={tones[status]}>
                    {words[status]}
                  </Badge>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  )
}

const tones = { pass: 'accepted', fail: 'refused', warn: 'attention', skipped: 'skipped' } as const
const words = { pass: 'Passed', fail: 'Failed', warn: 'Warning', skipped: 'Not checked' } as const
