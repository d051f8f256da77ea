import { expect, test, vi } from 'vitest'
import { dismissToast, shownToast, subscribeToast, toast } from './toast'

test('names in a toast are written so that every character is seen', () => {
  toast.success('a\u202eb removed', { description: 'was \u200bc', durationMs: 5 })
  expect(shownToast()).toMatchObject({
    ...{ kind: 'success', durationMs: 5 },
    title: 'a\\u{202e}b removed',
    description: 'was \\u{200b}c',
  })
  toast.error('a\u202eb')
  expect(shownToast()).toMatchObject({ kind: 'error', title: 'a\\u{202e}b', description: undefined })
})

test('one toast is shown at a time, and the end of an earlier one does not remove the next', () => {
  const heard = vi.fn()
  const stop = subscribeToast(heard)
  toast.success('First')
  const first = shownToast()?.id ?? 0
  toast.success('Second')
  dismissToast(first)
  expect(shownToast()?.title).toBe('Second')
  dismissToast(shownToast()?.id ?? 0)
  expect(shownToast()).toBe(null)
  expect(heard).toHaveBeenCalledTimes(3)
  stop()
})
