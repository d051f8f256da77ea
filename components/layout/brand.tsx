import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'

/** Product name, linked to the first page. */
export function Brand({ collapsed = false, className }: { collapsed?: boolean; className?: string }) {
  return (
    <Link
      href="/"
      aria-label="Keybound, start page"
      className={cn('inline-flex items-center gap-2 rounded-sm font-semibold tracking-tight', className)}
    >
      <BrandMark />
      {!collapsed && 'Keybound'}
    </Link>
  )
}

/** A key's bow between brackets. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 20 20" className={cn('size-5 shrink-0 text-accent-text', className)} fill="none">
      <path d="M6 2H2v16h4M14 2h4v16h-4" stroke="currentColor" strokeWidth="2" />
      <circle cx="10" cy="7.5" r="2.5" stroke="currentColor" strokeWidth="2" />
      <path d="M10 10v5.5M10 13.5h2.5" stroke="currentColor" strokeWidth="2" />
    </svg>
  )
}
