import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { TableFrame } from '@/components/ui/table-frame'
import { Prose } from './prose'
import type { SchemaRow } from './schema-rows'

/** Table of fields of a body, an answer or a query: name, type, required, default, description. */
export function FieldTable({
  caption,
  rows,
  sent,
}: {
  caption: string
  rows: readonly (SchemaRow & { in?: string })[]
  /** Sent by the caller: marks required fields. Otherwise marks fields that may be absent. */
  sent: boolean
}) {
  return (
    <TableFrame label={caption} className="rounded-md border bg-surface">
      <Table caption={caption}>
        <TableHead>
          <tr>
            <TableHeader className="lg:static">Field</TableHeader>
            <TableHeader className="lg:static">Type</TableHeader>
            <TableHeader className="lg:static">Description</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={`${row.in ?? ''} ${row.form ?? ''} ${row.path}`}>
              <TableCell className="h-9 whitespace-nowrap py-1.5 align-top">
                <code>{row.path}</code>
                {sent && row.required && <span className="ml-2 text-attention text-xs">required</span>}
                {!sent && !row.required && <span className="ml-2 text-muted-foreground text-xs">may be missing</span>}
                {(row.form ?? row.in) && (
                  <span className="block text-muted-foreground text-xs">{row.form ? `when ${row.form}` : row.in}</span>
                )}
              </TableCell>
              <TableCell className="h-9 min-w-40 py-1.5 align-top">
                <code className="break-words">{row.type}</code>
              </TableCell>
              <TableCell className="h-9 w-1/2 min-w-56 py-1.5 align-top">
                {row.description && <Prose text={row.description} />}
                <Remarks row={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  )
}

function Remarks({ row }: { row: SchemaRow }) {
  const remarks = [...row.limits, ...(row.default === null ? [] : [`default ${row.default}`])]
  if (remarks.length === 0) return null
  return <span className="block break-words text-muted-foreground text-xs">{remarks.join(' · ')}</span>
}
