'use client'

import { Slot } from 'radix-ui'
import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { shownText } from './shown'
import { type Side, tooltipPlace } from './tooltip-place'

const delayMs = 300
/** Time in which the pointer may cross the gap to the tooltip. */
const crossingMs = 150

/** When the last one was closed: moving on to the next is instant. */
let closedAt = Number.NEGATIVE_INFINITY
/** Closes the one that is open: there is one at a time. */
let closeOther: (() => void) | null = null

/** Additional text on hover and focus. `children` is one focusable element; do not put anything essential here. */
export function Tooltip({
  content,
  side = 'top',
  children,
}: {
  content: ReactNode
  side?: Side
  children: ReactElement
}) {
  const id = useId()
  const element = useRef<HTMLElement>(null)
  const [isOpen, setOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  // A press closes it, and the focus that the press gives opens none.
  const isPressed = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])

  function later(act: () => void, ms: number) {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, ms)
  }
  function close() {
    clearTimeout(timer.current)
    setOpen(false)
  }
  function open() {
    clearTimeout(timer.current)
    setOpen(true)
  }

  return (
    <>
      <Slot.Root
        ref={element}
        aria-describedby={isOpen ? id : undefined}
        onPointerEnter={({ pointerType, timeStamp }) => {
          if (pointerType === 'touch' || isPressed.current) return
          if (isOpen || timeStamp - closedAt < delayMs) open()
          else later(open, delayMs)
        }}
        onPointerLeave={() => {
          isPressed.current = false
          later(close, isOpen ? crossingMs : 0)
        }}
        onPointerDown={() => {
          isPressed.current = true
          close()
        }}
        onClick={close}
        // Not where a menu or dialog that was closed by the pointer gives the focus back.
        onFocus={({ target }) => target.matches(':focus-visible') && !isPressed.current && open()}
        onBlur={() => {
          isPressed.current = false
          close()
        }}
      >
        {children}
      </Slot.Root>
      {isOpen && (
        <Window
          id={id}
          of={element}
          side={side}
          onClose={close}
          onPointerEnter={open}
          onPointerLeave={() => later(close, crossingMs)}
        >
          {shownText(content)}
        </Window>
      )}
    </>
  )
}

function Window({
  id,
  of: element,
  side,
  onClose,
  children,
  ...pointer
}: {
  id: string
  of: RefObject<HTMLElement | null>
  side: Side
  onClose: () => void
  onPointerEnter: () => void
  onPointerLeave: () => void
  children: ReactNode
}) {
  const window = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!element.current || !window.current) return
    const { offsetWidth: width, offsetHeight: height, style } = window.current
    const { clientWidth, clientHeight } = document.documentElement
    const room = { width: clientWidth, height: clientHeight }
    const { left, top } = tooltipPlace(element.current.getBoundingClientRect(), { width, height }, room, side)
    style.left = `${left}px`
    style.top = `${top}px`
  })

  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const end = () => close.current()
    closeOther?.()
    closeOther = end
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // For this alone: a dialog under it stays.
      event.stopPropagation()
      event.preventDefault()
      end()
    }
    const onScroll = ({ target }: Event) => {
      if (target instanceof Node && element.current && target.contains(element.current)) end()
    }
    globalThis.addEventListener('keydown', onKeyDown, true)
    globalThis.addEventListener('scroll', onScroll, true)
    globalThis.addEventListener('resize', end)
    return () => {
      globalThis.removeEventListener('keydown', onKeyDown, true)
      globalThis.removeEventListener('scroll', onScroll, true)
      globalThis.removeEventListener('resize', end)
      if (closeOther === end) closeOther = null
      closedAt = performance.now()
    }
  }, [element])

  return createPortal(
    <div
      ref={window}
      id={id}
      role="tooltip"
      {...pointer}
      className="fixed z-50 max-w-80 animate-pop-in rounded-md bg-foreground px-2.5 py-1.5 text-background text-xs shadow-md forced-colors:border forced-colors:bg-[Canvas] forced-colors:text-[CanvasText]"
    >
      {children}
    </div>,
    document.body,
  )
}
