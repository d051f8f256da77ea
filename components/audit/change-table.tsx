import { Minus, Pencil, Plus } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { Shown, shownText } from '@/components/ui/shown'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { TableFrame } from '@/components/ui/table-frame'
import type { FieldChange } from './diff-fields'

/** Changed fields, before and after side by side, on phones one above the other; each is marked by icon and word. */
export function ChangeTable({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) {
    return <EmptyState title="No fields changed">This entry records only the act itself.</EmptyState>
  }
  return (
    <>
      <Stacked changes={changes} />
      <Beside changes={changes} />
    </>
  )
}

const Stacked = ({ changes }: { changes: readonly FieldChange[] }) => (
  <ul aria-label="Changed fields" className="divide-y text-compact sm:hidden">
    {changes.map((change) => (
      <li key={change.path} className="grid gap-1 px-4 py-2">
        <p className="flex flex-wrap items-center justify-between gap-x-3">
          <span className="break-all font-mono">{shownText(change.path)}</span>
          <ChangeKind kind={change.kind} />
        </p>
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1">
          {change.kind !== 'added' && (
            <>
              <dt className="text-muted-foreground">Before</dt>
              <dd>
                <Value value={change.before} />
              </dd>
            </>
          )}
          {change.kind !== 'removed' && (
            <>
              <dt className="text-muted-foreground">After</dt>
              <dd>
                <Value value={change.after} />
              </dd>
            </>
          )}
        </dl>
      </li>
    ))}
  </ul>
)

function Beside({ changes }: { changes: readonly FieldChange[] }) {
  // What was made has no state before, what was removed none after.
  const [hasBefore, hasAfter] = [hasOther(changes, 'added'), hasOther(changes, 'removed')]
  return (
    <TableFrame label="Changed fields" className="max-sm:hidden">
      <Table caption="Changed fields">
        <TableHead>
          <tr>
            <TableHeader>Field</TableHeader>
            <TableHeader>Change</TableHeader>
            {hasBefore && <TableHeader>Before</TableHeader>}
            {hasAfter && <TableHeader>After</TableHeader>}
          </tr>
        </TableHead>
        <TableBody>
          {changes.map((change) => (
            <TableRow key={change.path}>
              <TableCell className="py-2 align-top font-mono">{shownText(change.path)}</TableCell>
              <TableCell className="py-2 align-top">
                <ChangeKind kind={change.kind} />
              </TableCell>
              {hasBefore && (
                <TableCell className="min-w-32 py-2 align-top">
                  {change.kind !== 'added' && <Value value={change.before} />}
                </TableCell>
              )}
              {hasAfter && (
                <TableCell className="min-w-32 py-2 align-top">
                  {change.kind !== 'removed' && <Value value={change.after} />}
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  )
}

const hasOther = (changes: readonly FieldChange[], than: FieldChange['kind']) =>
  changes.some(({ kind }) => kind !== than)

const kinds = {
  added: { icon: Plus, word: 'Added' },
  removed: { icon: Minus, word: 'Removed' },
  changed: { icon: Pencil, word: 'Changed' },
}

function ChangeKind({ kind }: { kind: FieldChange['kind'] }) {
  const { icon: Icon, word } = kinds[kind]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-muted-foreground">
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  )
}

function Value({ value }: { value: unknown }) {
  return (
    <code className="whitespace-pre-wrap break-all print:whitespace-normal">
      <Shown text={valueText(value)} />
    </code>
  )
}

/** Returns text as it is, other values as JSON with the lines of their texts (keys, certificates); an empty text is shown as "". */
const valueText = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value, null, 1).replaceAll(/(?<!\\)\\n/g, '\n')
