import type { ComponentProps } from 'react'
import { cn } from './cn'
import { shownText } from './shown'

export { TableFrame } from './table-frame'

/**
 * Table style: 13 px, rows of 36–40 px, a header that stays below the 48 px top bar. For lists with sorting, loading
 * and errors use `DataTable`. Put it in a `TableFrame`. `caption` names it for screen readers. A box that scrolls by itself
 * has no bar above it: it sets `--table-head-top` to 0.
 */
export function Table({ caption, className, children, ...rest }: ComponentProps<'table'> & { caption: string }) {
  return (
    <table className={cn('w-full border-separate border-spacing-0 text-left text-compact', className)} {...rest}>
      <caption className="sr-only">{shownText(caption)}</caption>
      {children}
    </table>
  )
}

export const TableHead = (props: ComponentProps<'thead'>) => <thead {...props} />
export const TableBody = (props: ComponentProps<'tbody'>) => <tbody {...props} />

/** `relative`, so that a link in its first cell can cover the row (see `rowLinkStyles`); its buttons are above that. */
export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      className={cn(
        'group/row relative [&:has([data-row-link])_button]:relative [&:has([data-row-link])_button]:z-10',
        className,
      )}
      {...rest}
    />
  )
}

export function TableHeader({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap border-b bg-surface px-3 font-medium text-muted-foreground first:pl-4 last:pr-4 max-sm:px-2 max-sm:first:pl-4 max-sm:last:pr-4 first:[border-start-start-radius:0.5rem] last:[border-start-end-radius:0.5rem] sticky top-[var(--table-head-top,3rem)] z-20',
        className,
      )}
      {...rest}
    />
  )
}

export function TableCell({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn(
        'h-10 border-b px-3 py-1 first:min-w-40 first:pl-4 last:pr-4 max-sm:px-2 max-sm:first:min-w-28 max-sm:first:pl-4 max-sm:last:pr-4 group-last/row:border-b-0 group-has-[a[data-row-link]]/row:group-hover/row:bg-muted/60 group-data-[selected]/row:bg-accent-subtle',
        className,
      )}
      {...rest}
    />
  )
}

/** For the one link of a row: the whole row becomes its target. Other controls in the row need `relative z-10`. */
export const rowLinkStyles =
  'font-medium hover:text-accent-text after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2'
