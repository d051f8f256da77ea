'use client'

import { Slot } from 'radix-ui'
import {
  type ComponentProps,
  createContext,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { cn } from './cn'
import { OnDemand } from './on-demand'
import type * as Parts from './overlay-parts'
import { overlayParts, overlays } from './overlays'

type State = {
  id: string
  trigger: RefObject<HTMLButtonElement | null>
  /** null = closed; by the keyboard, the first item gets the focus. */
  openedBy: 'keyboard' | 'pointer' | null
  setOpenedBy: (by: State['openedBy']) => void
}
const MenuState = createContext<State | null>(null)

function useMenu(): State {
  const state = useContext(MenuState)
  if (!state) throw new Error('A part of a menu is rendered outside of it.')
  return state
}

/**
 * Menu of actions on a button: `<DropdownMenu><DropdownMenuTrigger>…` then `DropdownMenuContent` with items.
 */
export function DropdownMenu({ children }: { children: ReactNode }) {
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const [openedBy, setOpenedBy] = useState<State['openedBy']>(null)
  return <MenuState value={{ id, trigger, openedBy, setOpenedBy }}>{children}</MenuState>
}

/** Makes a button open the menu. */
export function DropdownMenuTrigger({ children }: { asChild: true; children: ReactElement }) {
  const { id, trigger, openedBy, setOpenedBy } = useMenu()
  const isOpen = openedBy !== null
  return (
    <Slot.Root
      ref={trigger as RefObject<HTMLElement | null>}
      id={`${id}-trigger`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      aria-controls={isOpen ? id : undefined}
      // A click by Enter or Space has no number of presses.
      onClick={({ detail }) => setOpenedBy(detail === 0 ? 'keyboard' : 'pointer')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        setOpenedBy('keyboard')
      }}
    >
      {children}
    </Slot.Root>
  )
}

type ContentProps = { className?: string; align?: 'start' | 'end'; children: ReactNode }

export function DropdownMenuContent({ className, align = 'end', children }: ContentProps) {
  const { id, trigger, openedBy, setOpenedBy } = useMenu()
  const close = () => setOpenedBy(null)
  if (openedBy === null) return null
  return (
    <OnDemand of={overlays} onGiveUp={close}>
      {({ Menu }) => (
        <Menu.Root open onOpenChange={(open) => !open && close()}>
          <Menu.Anchor virtualRef={trigger as RefObject<HTMLButtonElement>} />
          <Menu.Portal>
            <Menu.Content
              id={id}
              aria-labelledby={`${id}-trigger`}
              sideOffset={4}
              align={align}
              collisionPadding={8}
              onCloseAutoFocus={(event) => {
                event.preventDefault()
                trigger.current?.focus()
              }}
              className={cn(
                'z-50 min-w-44 animate-pop-in rounded-md border raised bg-surface p-1 shadow-lg',
                className,
              )}
            >
              {openedBy === 'keyboard' && <FirstItem of={id} />}
              {children}
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      )}
    </OnDemand>
  )
}

/** Focuses the first item once the menu has taken the focus. */
function FirstItem({ of: id }: { of: string }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      document.getElementById(id)?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [id])
  return null
}

type Menu = (typeof Parts)['Menu']

export function DropdownMenuRadioGroup(props: ComponentProps<Menu['RadioGroup']>) {
  const { Menu } = overlayParts()
  return <Menu.RadioGroup {...props} />
}

const itemStyles =
  'relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[disabled]:opacity-55 data-[highlighted]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0'

/** `danger` for destructive actions; open a `ConfirmDialog` from them. */
export function DropdownMenuItem({
  className,
  danger = false,
  ...rest
}: ComponentProps<Menu['Item']> & { danger?: boolean }) {
  const { Menu } = overlayParts()
  return (
    <Menu.Item
      className={cn(itemStyles, danger && 'text-refused data-[highlighted]:bg-refused-subtle', className)}
      {...rest}
    />
  )
}

export function DropdownMenuRadioItem({ className, children, ...rest }: ComponentProps<Menu['RadioItem']>) {
  const { Menu } = overlayParts()
  return (
    <Menu.RadioItem className={cn(itemStyles, 'pl-7', className)} {...rest}>
      <Menu.ItemIndicator className="absolute left-2.5 size-1.5 rounded-full bg-accent-text" />
      {children}
    </Menu.RadioItem>
  )
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<Menu['Label']>) {
  const { Menu } = overlayParts()
  return <Menu.Label className={cn('px-2 py-1.5 text-muted-foreground text-xs', className)} {...rest} />
}

export function DropdownMenuSeparator() {
  const { Menu } = overlayParts()
  return <Menu.Separator className="-mx-1 my-1 h-px bg-border" />
}
