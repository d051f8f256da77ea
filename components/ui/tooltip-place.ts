type Box = { left: number; top: number; width: number; height: number }
export type Side = 'top' | 'right' | 'bottom' | 'left'

const gap = 6
const edge = 8
const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

/**
 * Returns where a tooltip of a size is put in a window: centred at a side of its element, at the other side where it has no room,
 * and never beyond the edge of the window.
 */
export function tooltipPlace(
  element: Box,
  size: { width: number; height: number },
  window: { width: number; height: number },
  side: Side,
): { left: number; top: number } {
  const room = {
    top: element.top,
    bottom: window.height - element.top - element.height,
    left: element.left,
    right: window.width - element.left - element.width,
  }
  const isAbove = side === 'top' || side === 'bottom'
  const needed = (isAbove ? size.height : size.width) + gap + edge
  const chosen = room[side] < needed && room[opposite[side]] > room[side] ? opposite[side] : side
  const left = isAbove
    ? element.left + (element.width - size.width) / 2
    : chosen === 'left'
      ? element.left - size.width - gap
      : element.left + element.width + gap
  const top = !isAbove
    ? element.top + (element.height - size.height) / 2
    : chosen === 'top'
      ? element.top - size.height - gap
      : element.top + element.height + gap
  return { left: within(left, window.width - size.width), top: within(top, window.height - size.height) }
}

const within = (at: number, room: number) => Math.max(edge, Math.min(at, room - edge))
