'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'

/** Tabs. Keep the selected one in the URL: pass `value` and `onValueChange`. */
export const Tabs = Radix.Root

/** Row of tabs; needs an `aria-label`. */
export function TabsList({
  className,
  'aria-label': label,
  ...rest
}: ComponentProps<typeof Radix.List> & { 'aria-label': string }) {
  return (
    <Radix.List
      aria-label={visibleText(label)}
      className={cn('flex gap-4 overflow-x-auto overflow-y-hidden border-b px-0.5 [scrollbar-width:none]', className)}
      {...rest}
    />
  )
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        'inline-flex h-9 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-medium text-muted-foreground text-sm hover:text-foreground focus-visible:-outline-offset-2 disabled:opacity-55 data-[state=active]:border-accent data-[state=active]:text-foreground [&_svg]:size-4',
        className,
      )}
      {...rest}
    />
  )
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('pt-4', className)} {...rest} />
}
