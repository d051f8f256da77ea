'use client'

import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  use,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { stepOf, turned } from './roving'

const Selected = createContext<{ id: string; value: string | undefined; select: (value: string) => void } | null>(null)

function useTabs() {
  const tabs = use(Selected)
  if (!tabs) throw new Error('Parts of tabs belong into <Tabs>.')
  return tabs
}

/** Tabs. Keep the selected one in the URL: pass `value` and `onValueChange`. */
export function Tabs({
  value,
  defaultValue,
  onValueChange,
  ...rest
}: Omit<ComponentProps<'div'>, 'defaultValue'> & {
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
}) {
  const id = useId()
  const [own, setOwn] = useState(defaultValue)
  const selected = value ?? own
  const tabs = useMemo(
    () => ({
      id,
      value: selected,
      select(next: string) {
        setOwn(next)
        onValueChange?.(next)
      },
    }),
    [id, selected, onValueChange],
  )
  return (
    <Selected value={tabs}>
      <div {...rest} />
    </Selected>
  )
}

/** Row of tabs, one Tab stop: arrow keys select. Needs an `aria-label`. */
export function TabsList({
  className,
  'aria-label': label,
  ...rest
}: ComponentProps<'div'> & { 'aria-label': string }) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = stepOf(event.key)
    if (step === null) return
    event.preventDefault()
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]:not(:disabled)')]
    const next = turned(tabs, (tab) => tab === document.activeElement, step)
    next?.focus()
    next?.click()
  }
  return (
    <div
      role="tablist"
      aria-orientation="horizontal"
      aria-label={visibleText(label)}
      onKeyDown={onKeyDown}
      className={cn('flex gap-4 overflow-x-auto overflow-y-hidden border-b px-0.5 [scrollbar-width:none]', className)}
      {...rest}
    />
  )
}

export function TabsTrigger({ value, className, ...rest }: ComponentProps<'button'> & { value: string }) {
  const tabs = useTabs()
  const isSelected = tabs.value === value
  const trigger = useRef<HTMLButtonElement>(null)
  // Of more tabs than a phone has room for, the selected one is seen.
  useEffect(() => {
    const list = trigger.current?.parentElement
    if (!isSelected || !trigger.current || !list) return
    const { offsetLeft, offsetWidth } = trigger.current
    const start = offsetLeft - list.offsetLeft
    if (start < list.scrollLeft) list.scrollLeft = start
    else list.scrollLeft = Math.max(list.scrollLeft, start + offsetWidth - list.clientWidth)
  }, [isSelected])
  return (
    <button
      ref={trigger}
      type="button"
      role="tab"
      id={`${tabs.id}-tab-${value}`}
      aria-selected={isSelected}
      aria-controls={`${tabs.id}-panel-${value}`}
      data-state={isSelected ? 'active' : 'inactive'}
      tabIndex={isSelected ? 0 : -1}
      onClick={() => isSelected || tabs.select(value)}
      className={cn(
        'inline-flex h-9 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-medium text-muted-foreground text-sm hover:text-foreground focus-visible:-outline-offset-2 disabled:opacity-55 data-[state=active]:border-accent data-[state=active]:text-foreground [&_svg]:size-4',
        className,
      )}
      {...rest}
    />
  )
}

/** What a tab shows. `forceMount` keeps it while another is selected; then classes hide it. */
export function TabsContent({
  value,
  forceMount = false,
  className,
  children,
  ...rest
}: ComponentProps<'div'> & { value: string; forceMount?: boolean }) {
  const tabs = useTabs()
  const isSelected = tabs.value === value
  return (
    <div
      role="tabpanel"
      id={`${tabs.id}-panel-${value}`}
      aria-labelledby={`${tabs.id}-tab-${value}`}
      data-state={isSelected ? 'active' : 'inactive'}
      hidden={!isSelected && !forceMount}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what it shows may have nothing to focus (WAI-ARIA)
      tabIndex={0}
      className={cn('pt-4', className)}
      {...rest}
    >
      {(isSelected || forceMount) && children}
    </div>
  )
}
