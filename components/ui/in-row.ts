import { createContext, type KeyboardEvent, useContext } from 'react'

/** Whether a control is inside a row that is a link: the row is one Tab stop, arrow keys lead to its controls. */
export const InRow = createContext(false)

/** `tabIndex` of a control that may be inside such a row. */
export const useTabIndex = (): 0 | -1 => (useContext(InRow) ? -1 : 0)

/**
 * Moves the focus with → and ← through the controls of a row, with ↓ and ↑ to the same control of the rows around. An item of a list is a row
 * with `data-row`.
 */
export function moveInRow(event: KeyboardEvent<HTMLElement>): void {
  const way = ways[event.key]
  const row = event.target instanceof Element ? event.target.closest(rowOf) : null
  if (
    !way ||
    !row ||
    !event.currentTarget.contains(row) ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return
  const { activeElement } = document
  const at = activeElement instanceof HTMLElement ? controlsOf(row).indexOf(activeElement) : -1
  if (at < 0) return
  const rows = [...event.currentTarget.querySelectorAll(rowOf)]
  const other = way.down === 0 ? row : rows[rows.indexOf(row) + way.down]
  const next = other && (controlsOf(other)[at + way.right] ?? (way.down === 0 ? null : controlsOf(other)[0]))
  if (!next) return
  event.preventDefault()
  next.focus()
}

const rowOf = 'tr, [data-row]'

const ways: Readonly<Record<string, { right: number; down: number }>> = {
  ArrowRight: { right: 1, down: 0 },
  ArrowLeft: { right: -1, down: 0 },
  ArrowDown: { right: 0, down: 1 },
  ArrowUp: { right: 0, down: -1 },
}

const controlsOf = (row: Element) =>
  [...row.querySelectorAll<HTMLElement>('a, button, time[tabindex]')].filter((control) => control.checkVisibility())

/**
 * Makes each row of a table without links one Tab stop: its act, else the first of its controls. For the `ref` of the body, whose controls are told
 * that they are in a row. It looks again when controls come and go, as with the reader's role and the width of the window.
 */
export function keepRowStops(body: HTMLElement | null): (() => void) | undefined {
  if (!body) return
  const place = () => {
    for (const row of body.querySelectorAll(rowOf)) {
      const controls = controlsOf(row)
      const stop = controls.find((control) => row.lastElementChild?.contains(control)) ?? controls[0]
      for (const control of controls) control.tabIndex = control === stop ? 0 : -1
    }
  }
  const changes = new MutationObserver(place)
  changes.observe(body, { childList: true, subtree: true })
  const width = new ResizeObserver(place)
  width.observe(body)
  place()
  return () => {
    changes.disconnect()
    width.disconnect()
  }
}
