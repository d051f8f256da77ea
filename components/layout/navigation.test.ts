import { FlaskConical } from 'lucide-react'
import { expect, test } from 'vitest'
import { groupItems, isCurrent, type NavigationItem, navigation, visibleTo } from './navigation'

const item = (href: string, more: Partial<NavigationItem> = {}): NavigationItem => ({
  href,
  label: href,
  icon: FlaskConical,
  ...more,
})

test('a role sees what it may do and nothing above it', () => {
  const items = [item('/a'), item('/b', { needs: 'write' }), item('/c', { needs: 'administer' })]
  const seen = (role: 'admin' | 'member' | 'auditor' | 'no-access') => visibleTo(role, items).map(({ href }) => href)
  expect(seen('admin')).toEqual(['/a', '/b', '/c'])
  expect(seen('member')).toEqual(['/a', '/b'])
  expect(seen('auditor')).toEqual(['/a'])
  expect(seen('no-access')).toEqual([])
})

test('items of a group are adjacent, in the order of first appearance', () => {
  const items = [item('/a', { group: 'Access' }), item('/b'), item('/c', { group: 'Access' })]
  expect(groupItems(items).map(({ group, items }) => [group, items.map(({ href }) => href)])).toEqual([
    ['Access', ['/a', '/c']],
    [null, ['/b']],
  ])
})

test('a page is marked at itself and below, not at a namesake', () => {
  expect(isCurrent('/identities', '/identities')).toBe(true)
  expect(isCurrent('/identities', '/identities/a/jwt')).toBe(true)
  expect(isCurrent('/identities', '/identities-old')).toBe(false)
})

test('no two items lead to the same page', () => {
  expect(new Set(navigation.map(({ href }) => href)).size).toBe(navigation.length)
})

test('identities, issuers and providers are in one group', () => {
  const [trust] = groupItems(navigation).filter(({ group }) => group === 'Access')
  const order = ['/identities', '/issuers', '/providers']
  expect(trust?.items.map(({ href }) => href).filter((href) => order.includes(href))).toEqual(order)
})
