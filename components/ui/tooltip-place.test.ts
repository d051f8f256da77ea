import { expect, test } from 'vitest'
import { tooltipPlace } from './tooltip-place'

const window = { width: 1000, height: 800 }
const size = { width: 100, height: 20 }
const at = (left: number, top: number) => ({ left, top, width: 40, height: 30 })

test('a tooltip is centred above its element, or beside it', () => {
  expect(tooltipPlace(at(500, 400), size, window, 'top')).toEqual({ left: 470, top: 374 })
  expect(tooltipPlace(at(500, 400), size, window, 'bottom')).toEqual({ left: 470, top: 436 })
  expect(tooltipPlace(at(500, 400), size, window, 'right')).toEqual({ left: 546, top: 405 })
  expect(tooltipPlace(at(500, 400), size, window, 'left')).toEqual({ left: 394, top: 405 })
})

test('without room at its side it is at the other one', () => {
  expect(tooltipPlace(at(500, 10), size, window, 'top').top).toBe(46)
  expect(tooltipPlace(at(500, 780), size, window, 'bottom').top).toBe(754)
  expect(tooltipPlace(at(950, 400), size, window, 'right').left).toBe(844)
})

test('it stays within the window', () => {
  expect(tooltipPlace(at(0, 400), size, window, 'top').left).toBe(8)
  expect(tooltipPlace(at(970, 400), size, window, 'top').left).toBe(892)
})
