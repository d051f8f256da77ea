import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, MouseEvent } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'

export const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors aria-disabled:opacity-55 disabled:opacity-55 print:hidden [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-foreground hover:bg-accent-hover',
        secondary: 'border border-input/60 bg-surface text-foreground hover:bg-muted',
        ghost: 'text-foreground hover:bg-muted',
        danger: 'bg-refused-solid text-refused-foreground hover:bg-refused-solid-hover',
        link: 'text-accent-text underline-offset-4 hover:underline',
      },
      size: { sm: 'h-7 px-2.5 text-compact', md: 'h-8 px-3 text-sm', lg: 'h-10 px-4 text-sm' },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Styles the only child instead, for links: `<Button asChild><Link …/></Button>`. */
    asChild?: boolean
    /** Shows a spinner and ignores clicks. */
    busy?: boolean
  }

/**
 * Button; `type="button"` by default, so that it does not submit. Disabled or busy, it ignores clicks, and keeps the focus that the browser takes
 * from a button with the attribute `disabled`.
 */
export function Button({
  variant,
  size,
  asChild,
  busy = false,
  className,
  disabled,
  children,
  'aria-label': label,
  onClick,
  ...others
}: ButtonProps) {
  const styles = cn(buttonVariants({ variant, size }), className)
  const rest = label === undefined ? others : { ...others, 'aria-label': visibleText(label) }
  if (asChild) {
    return (
      <Slot.Root className={styles} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  const isInert = disabled || busy
  return (
    <button
      type="button"
      className={styles}
      aria-disabled={isInert || undefined}
      aria-busy={busy || undefined}
      // Enter in a field of a form is a click on its submit button, too.
      onClick={isInert ? ignore : onClick}
      {...rest}
    >
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  )
}

function ignore(event: MouseEvent) {
  event.preventDefault()
  event.stopPropagation()
}
