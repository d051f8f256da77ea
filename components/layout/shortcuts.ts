'use client'

import { useEffect, useRef } from 'react'

type Acts = {
  /** Opens the page of a letter after `g`; false where there is none. */
  go: (letter: string) => boolean
  /** Where a page has no search. */
  search: () => void
  help: () => void
}

/** Time for the letter after `g`. */
const chordMs = 1500

/**
 * Keys of every page: `/` to the search, `?` to the list of keys, `j` and `k` through a list, `g` and a letter to a page. They are
 * off while something is typed, in dialogs, and with Ctrl, Alt or Cmd.
 */
export function useShortcuts(acts: Acts): void {
  const current = useRef(acts)
  current.current = acts
  useEffect(() => {
    let chordUntil = 0
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const isChord = Date.now() < chordUntil
      chordUntil = 0
      if (isChord) {
        if (current.current.go(event.key)) event.preventDefault()
      } else if (event.key === 'g') chordUntil = Date.now() + chordMs
      else if (event.key === '?') current.current.help()
      else if (event.key === '/') {
        event.preventDefault()
        const box = document.querySelector<HTMLElement>('main input[type="search"]')
        if (box) box.focus()
        else current.current.search()
      } else if (event.key === 'j' || event.key === 'k') moveRow(event.key === 'j' ? 1 : -1)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Whether keys belong to what is focused: a field, a list of options, a dialog. */
function isBusy(target: EventTarget | null): boolean {
  const fields = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="menu"]'
  if (target instanceof Element && target.closest(fields)) return true
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}

/** Focuses the next or previous row of the page's list; the first, where none is focused. */
function moveRow(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
  const row = document.activeElement?.closest('tr, li') ?? undefined
  const at = links.findIndex((link) => link.closest('tr, li') === row)
  const next = links[at < 0 ? 0 : at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
