import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Label of a control; `htmlFor` is its id. */
export function Label({ className, htmlFor, ...rest }: ComponentProps<'label'>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: `htmlFor` comes from the caller
  return <label htmlFor={htmlFor} className={cn('font-medium text-sm leading-5', className)} {...rest} />
}
