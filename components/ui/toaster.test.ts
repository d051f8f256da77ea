import { toast as sonner } from 'sonner'
import { expect, test, vi } from 'vitest'
import { toast } from './toaster'

test('names in a toast are written so that every character is seen', () => {
  const success = vi.spyOn(sonner, 'success').mockReturnValue(1)
  const error = vi.spyOn(sonner, 'error').mockReturnValue(1)
  toast.success('a\u202eb removed', { description: 'was \u200bc', duration: 5 })
  toast.error('a\u202eb')
  expect(success).toHaveBeenCalledWith('a\\u{202e}b removed', { description: 'was \\u{200b}c', duration: 5 })
  expect(error).toHaveBeenCalledWith('a\\u{202e}b', {})
})
