import { expect, test } from 'vitest'
import { actionNouns, actionWords, targetHref } from './action-words'
import { toAuditFilter } from './audit-filter'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toAuditFilter((name) => search.get(name))
}

test('every filter can stand in the URL', () => {
  expect(read('action=trust&actor=user&search=req-1&from=2026-10-01&to=2026-10-31')).toEqual({
    owner: undefined,
    action: 'trust',
    actorKind: 'user',
    search: 'req-1',
    from: '2026-10-01T00:00:00.000Z',
    to: '2026-10-31T23:59:59.999Z',
  })
  expect(read('action=session.refused').action).toBe('session.refused')
})

test.each(['', 'action=Drop%20table', 'action=a.b.c', 'actor=root', 'search=', 'from=x'])(
  'a URL that nobody made filters nothing: %s',
  (query) => {
    expect(Object.values(read(query)).every((value) => value === undefined)).toBe(true)
  },
)

test('every noun the filter offers can be asked for by URL', () => {
  for (const { value } of actionNouns) expect(read(`action=${value}`).action).toBe(value)
})

test('an action reads as words', () => {
  expect(actionWords('member.role-changed')).toBe('Member role changed')
})

test('only what has a page is linked', () => {
  expect(targetHref({ targetKind: 'identity', targetId: 'x' })).toBe('/identities/x')
  expect(targetHref({ targetKind: 'organization', targetId: 'x' })).toBe('/settings?tab=organization')
  expect(targetHref({ targetKind: 'project', targetId: 'x' })).toBeNull()
  expect(targetHref({ targetKind: 'identity', targetId: null })).toBeNull()
})

test('what belongs to no organization is a list of its own', () => {
  expect(read('owner=none').owner).toBe('none')
  expect(read('owner=me').owner).toBeUndefined()
})
