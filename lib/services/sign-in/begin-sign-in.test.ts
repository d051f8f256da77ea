import { expect, test } from 'vitest'
import type { AppError } from '@/lib/errors'
import type { Context } from '../context'
import { beginSignIn } from './begin-sign-in'

/** Only what is read before a provider is found: there is none. */
const from = (ip: string) => ({ ip }) as Context

const begin = (ip: string) =>
  beginSignIn(from(ip), { trustId: 'none', next: null, browser: null }).catch((error: AppError) => error.kind)

test('sign-ins begun from one IPv6 /64 are begun from one address', async () => {
  const kinds = []
  for (let at = 0; at < 135; at++) kinds.push(await begin(`2001:db8:7:7::${at.toString(16)}`))
  expect(kinds.filter((kind) => kind === 'not-found')).toHaveLength(120)
  expect(kinds.at(-1)).toBe('too-many')
  expect(await begin('2001:db8:7:8::1')).toBe('not-found')
})
