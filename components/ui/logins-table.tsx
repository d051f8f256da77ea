import { changeWords, type LoginDay } from './bar-scale'
import { Link } from './link'
import { hrefOfChanges, hrefOfDay } from './logins-picture'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table'

/** Numbers of the chart, newest first. */
export function LoginsTable({ days }: { days: readonly LoginDay[] }) {
  return (
    <details className="mt-3">
      <summary className="w-fit rounded-sm text-compact text-muted-foreground hover:text-foreground">
        Show the numbers
      </summary>
      <section
        aria-label="Logins by day"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="mt-2 max-h-80 overflow-y-auto rounded-md border [--table-head-top:0px]"
      >
        <Table caption="Logins by day, UTC">
          <TableHead>
            <tr>
              <TableHeader>Day (UTC)</TableHeader>
              <TableHeader className="text-right">Accepted</TableHeader>
              <TableHeader className="text-right">Refused</TableHeader>
              <TableHeader className="max-sm:hidden">Changed</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {days.toReversed().map((one) => (
              <TableRow key={one.day}>
                <TableCell className="h-9 font-mono">
                  <Link
                    href={hrefOfDay(one.day)}
                    className="rounded-sm underline underline-offset-2 hover:text-accent-text"
                  >
                    {one.day}
                  </Link>
                  {/* A fourth column would be off a phone's screen. */}
                  <span className="block font-sans text-compact sm:hidden">
                    <Changes day={one} />
                  </span>
                </TableCell>
                <TableCell className="h-9 text-right tabular-nums">{one.accepted}</TableCell>
                <TableCell className="h-9 text-right tabular-nums">{one.refused}</TableCell>
                <TableCell className="h-9 max-sm:hidden">
                  <Changes day={one} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </section>
    </details>
  )
}

function Changes({ day }: { day: LoginDay }) {
  const words = changeWords(day)
  if (words === '') return null
  return (
    <Link href={hrefOfChanges(day)} className="rounded-sm underline underline-offset-2 hover:text-accent-text">
      {words}
    </Link>
  )
}
