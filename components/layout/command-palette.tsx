'use client'

import { FlaskConical, type LucideIcon, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { requestLeave } from '@/components/form/unsaved-guard'
import { shownText } from '@/components/ui/shown'
import { offerToken } from '@/lib/client/token-handover'
import { detectPaste } from './detect-paste'

/** Target of a jump. */
export type PaletteItem = {
  /** Unique among all items. */
  id: string
  label: string
  href: string
  icon?: LucideIcon
  /** Beside the label: an id, a role. */
  hint?: string
  /** Further words that find it. */
  keywords?: string[]
}

/** Items shown of one group. */
const shownMax = 12

export type PaletteGroup = { heading: string; items: readonly PaletteItem[] }

/**
 * Finds pages, acts and items by name. A pasted token is offered to the tester (in memory, never by URL), a request id opens
 * its decision. `onSearch` gets the typed text, for groups found by the server; never a pasted token.
 */
export function CommandPalette({ open, ...rest }: PaletteProps & { open: boolean }) {
  // Beside what a dialog has hidden from screen readers.
  return open ? createPortal(<Palette {...rest} />, document.body) : null
}

type PaletteProps = {
  onOpenChange: (open: boolean) => void
  groups: readonly PaletteGroup[]
  onSearch?: (text: string) => void
}

/** An item as it is listed, and what choosing it does. */
type Choice = Pick<PaletteItem, 'id' | 'label' | 'hint'> & {
  icon: LucideIcon | undefined
  mono: boolean
  act: () => void
}

function Palette({ onOpenChange, groups, onSearch }: PaletteProps) {
  const router = useRouter()
  const id = useId()
  const [text, setText] = useState('')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const { window, close } = useModal(() => {
    onSearch?.('')
    onOpenChange(false)
  })

  function go(href: string, before?: () => void) {
    close()
    requestLeave(() => {
      before?.()
      router.push(href)
    })
  }

  const lists = listsOf(text, groups, go)
  const choices = lists.flatMap((list) => list.choices)
  const at = Math.max(
    choices.findIndex((choice) => choice.id === chosenId),
    0,
  )
  const chosen = choices[at]
  // An id of an element has no space.
  const idOf = (name: string) => `${id}-${name.replaceAll(' ', '-')}`

  function change(next: string) {
    setText(next)
    // What is typed decides again: the first that matches.
    setChosenId(null)
    if (!detectPaste(next)) onSearch?.(next)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = steps[event.key]
    if (step) {
      const next = choices[step(at, choices.length)]
      if (!next) return
      setChosenId(next.id)
      document.getElementById(idOf(next.id))?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') chosen?.act()
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={window}
      aria-label="Go anywhere"
      // By the browser, for example by Back on a phone.
      onClose={() => !window.current?.open && close()}
      className="pointer-events-auto fixed inset-x-4 top-[max(1rem,10vh)] mx-auto flex max-h-[calc(100dvh-max(2rem,16vh))] w-auto max-w-lg animate-pop-in flex-col overflow-hidden rounded-lg border raised bg-surface p-0 text-foreground shadow-xl backdrop:animate-fade-in backdrop:bg-overlay"
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <input
          role="combobox"
          aria-label="Go anywhere"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen && idOf(chosen.id)}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Page, identity, person, IP, request id, or a token"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          className="h-11 w-full bg-transparent text-sm focus-visible:outline-none"
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Go anywhere" className="max-h-80 overflow-y-auto p-1.5">
        {lists.map(({ heading, choices }) => (
          <Group key={heading} id={idOf(`of ${heading}`)} heading={heading}>
            {choices.map((choice) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is with the field, as of every combobox
              <div
                key={choice.id}
                id={idOf(choice.id)}
                role="option"
                tabIndex={-1}
                aria-selected={choice === chosen}
                onPointerMove={() => choice !== chosen && setChosenId(choice.id)}
                // The focus stays in the field.
                onMouseDown={(event) => event.preventDefault()}
                onClick={choice.act}
                className="flex h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 aria-selected:bg-muted"
              >
                {choice.icon && <choice.icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />}
                <span className="truncate">{shownText(choice.label)}</span>
                {choice.hint && (
                  <span
                    className={`ml-auto truncate pl-4 text-muted-foreground text-xs ${choice.mono ? 'font-mono' : ''}`}
                  >
                    {shownText(choice.hint)}
                  </span>
                )}
              </div>
            ))}
          </Group>
        ))}
        {choices.length === 0 && <p className="px-3 py-6 text-center text-muted-foreground">Nothing has this name.</p>}
      </div>
    </dialog>
  )
}

/** A group of options; what a paste was recognised as has no heading. */
function Group({ id, heading, children }: { id: string; heading: string; children: ReactNode }) {
  if (heading === '') return children
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, no fieldsets
    <div role="group" aria-labelledby={id}>
      <p id={id} aria-hidden className="px-2.5 py-1.5 font-medium text-muted-foreground text-xs">
        {shownText(heading)}
      </p>
      {children}
    </div>
  )
}

/** The place that a key leads to. */
const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Opens a `dialog` over everything. Closed by it, the focus is back where it was before `onClose` is called. */
function useModal(onClose: () => void) {
  const window = useRef<HTMLDialogElement>(null)
  const done = useRef(onClose)
  done.current = onClose
  const close = () => {
    window.current?.close()
    done.current()
  }
  useLayoutEffect(() => {
    const modal = window.current
    modal?.showModal()
    return () => modal?.close()
  }, [])
  const onEscape = useRef(close)
  onEscape.current = close
  useEffect(() => {
    const modal = window.current
    // For this alone: a dialog under it stays open.
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      event.preventDefault()
      onEscape.current()
    }
    const onPointerDown = (event: Event) => {
      event.stopPropagation()
      if (event.target === modal) onEscape.current()
    }
    globalThis.addEventListener('keydown', onKeyDown, true)
    modal?.addEventListener('pointerdown', onPointerDown)
    return () => {
      globalThis.removeEventListener('keydown', onKeyDown, true)
      modal?.removeEventListener('pointerdown', onPointerDown)
    }
  }, [])
  return { window, close }
}

/** What the typed text finds, or what is done with what was pasted. */
function listsOf(text: string, groups: readonly PaletteGroup[], go: (href: string, before?: () => void) => void) {
  const pasted = detectPaste(text)
  if (pasted?.kind === 'token') {
    const act = () => go('/tester', () => offerToken(pasted.token))
    const hint = 'The token stays in this tab'
    return [alone({ id: 'open-in-tester', label: 'Open in tester', hint, icon: FlaskConical, mono: false, act })]
  }
  if (pasted) {
    const act = () => go(`/activity/${encodeURIComponent(pasted.reqId)}`)
    return [alone({ id: 'find-decision', label: 'Find decision', hint: pasted.reqId, icon: Search, mono: true, act })]
  }
  return groups.flatMap(({ heading, items }) => {
    const choices = matching(items, text)
      .slice(0, shownMax)
      .map(({ id, label, hint, icon, href }): Choice => ({ id, label, hint, icon, mono: true, act: () => go(href) }))
    return choices.length > 0 ? [{ heading, choices }] : []
  })
}

const alone = (choice: Choice) => ({ heading: '', choices: [choice] })

/** The items of which every typed word is in the label or a keyword; first those that begin with the text. */
function matching(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const text = typed.trim().toLowerCase()
  const words = text.split(/\s+/).filter(Boolean)
  const rest = items.filter(({ label, keywords = [] }) => {
    const known = [label, ...keywords].map((each) => each.toLowerCase())
    return words.every((word) => known.some((each) => each.includes(word)))
  })
  const isFirst = ({ label }: PaletteItem) => label.toLowerCase().startsWith(text)
  return [...rest.filter(isFirst), ...rest.filter((item) => !isFirst(item))]
}
