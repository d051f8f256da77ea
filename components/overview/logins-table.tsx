import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { LoginDay } from './bar-scale'

/** Numbers of the chart, newest first. */
export function LoginsTable({ days }: { days: readonly LoginDay[] }) {
  return (
    <details className="mt-3">
      <summary className="w-fit rounded-sm text-compact text-muted-foreground hover:text-foreground">
        Show the numbers
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section aria-label="Logins by day" tabIndex={0} className="mt-2 max-h-80 overflow-y-auto rounded-md border">
        <Table caption="Logins by day, UTC">
          <TableHead>
            <tr>
              <TableHeader className="lg:static">Day (UTC)</TableHeader>
              <TableHeader className="text-right lg:static">Accepted</TableHeader>
              <TableHeader className="text-right lg:static">Refused</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {days.toReversed().map(({ day, accepted, refused }) => (
              <TableRow key={day}>
                <TableCell className="h-9 font-mono">{day}</TableCell>
                <TableCell className="h-9 text-right tabular-nums">{accepted}</TableCell>
                <TableCell className="h-9 text-right tabular-nums">{refused}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </section>
    </details>
  )
}
