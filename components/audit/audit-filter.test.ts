import { describe, expect, test } from 'vitest'
import { actionTitle, actorKinds, auditActions } from '@/lib/model/audit-actions'
import { actorOptions, groupOptions, targetHref } from './action-words'
import { toAuditFilter } from './audit-filter'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toAuditFilter((name) => search.get(name))
}

test('every filter can be set by the URL', () => {
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
  'a value that no filter has is ignored: %s',
  (query) => {
    expect(Object.values(read(query)).every((value) => value === undefined)).toBe(true)
  },
)

describe('the filters are made of the table of actions', () => {
  test.each(Object.keys(auditActions))('%s is found by its group and by itself', (action) => {
    const group = action.split('.')[0]
    expect(groupOptions.map(({ value }) => value)).toContain(group)
    expect(read(`action=${group}`).action).toBe(group)
    expect(read(`action=${action}`).action).toBe(action)
  })

  test('every group has an action', () => {
    const groups = Object.keys(auditActions).map((action) => action.split('.')[0])
    expect(groupOptions.filter(({ value }) => !groups.includes(value))).toEqual([])
  })

  test.each(Object.keys(actorKinds))('acts of the kind of actor %s are found', (kind) => {
    expect(actorOptions.map(({ value }) => value)).toContain(kind)
    expect(read(`actor=${kind}`).actorKind).toBe(kind)
  })
})

test('an action reads as words, also one that is no longer known', () => {
  expect(actionTitle('member.role-changed')).toBe('Member role changed')
  expect(actionTitle('gone-thing.role-changed')).toBe('Gone thing role changed')
  expect(actionTitle('constructor')).toBe('Constructor')
})

test('only what has a page is linked', () => {
  expect(targetHref({ targetKind: 'identity', targetId: 'x' })).toBe('/identities/x')
  expect(targetHref({ targetKind: 'organization', targetId: 'x' })).toBe('/settings?tab=organization')
  expect(targetHref({ targetKind: 'project', targetId: 'x' })).toBeNull()
  expect(targetHref({ targetKind: 'identity', targetId: null })).toBeNull()
})

test('entries without an organization are a list of their own', () => {
  expect(read('owner=none').owner).toBe('none')
  expect(read('owner=me').owner).toBeUndefined()
})
