import { expect, test } from 'vitest'
import { graphLayout, nodeHeight } from './graph-layout'
import type { MappedTrust } from './map-rows'

const trust = (id: string, more: Partial<MappedTrust> = {}): MappedTrust => ({
  ...{ id, name: id, method: 'jwt', identityId: id, identityName: id, role: 'member', issuer: 'https://a.example' },
  ...{ enabled: true, isCanary: false, isFrozen: false, preset: null, worst: null, findings: [], ...more },
})

test('issuers and roles are there once, trusts each, and every trust has an edge on both sides', () => {
  const { nodes, edges } = graphLayout([trust('a'), trust('b'), trust('c', { role: null, issuer: null })])
  expect(nodes.filter(({ column }) => column === 0)).toHaveLength(2)
  expect(nodes.filter(({ column }) => column === 1)).toHaveLength(3)
  expect(nodes.filter(({ column }) => column === 2).map(({ text }) => text)).toEqual(['member', 'none'])
  expect(edges).toHaveLength(6)
})

test('no two nodes of a column overlap, and none is outside', () => {
  const { nodes, height } = graphLayout(Array.from({ length: 20 }, (_, at) => trust(`t${at}`, { role: `r${at % 7}` })))
  for (const column of [0, 1, 2]) {
    const tops = nodes.filter((node) => node.column === column).map(({ top }) => top)
    tops.forEach((top, at) => {
      expect(top).toBeGreaterThanOrEqual(0)
      expect(top + nodeHeight).toBeLessThanOrEqual(height + 0.001)
      if (at > 0) expect(top - (tops[at - 1] ?? 0)).toBeGreaterThanOrEqual(nodeHeight - 0.001)
    })
  }
})

test('issuers of one platform are told apart', () => {
  const preset = { title: 'GitLab CI/CD' }
  const of = (id: string, issuer: string, title = preset.title) => trust(id, { issuer, preset: { title } })
  const { nodes } = graphLayout([
    of('a', 'https://gitlab.com'),
    of('b', 'https://git.acme.dev'),
    of('c', 'https://v', 'Vercel'),
  ])
  const texts = nodes.flatMap(({ column, text }) => (column === 0 ? [text] : []))
  expect(texts.toSorted()).toEqual(['Vercel', 'git.acme.dev · GitLab CI/CD', 'gitlab.com · GitLab CI/CD'])
})

test('without trusts there is nothing to draw', () => {
  expect(graphLayout([])).toEqual({ nodes: [], edges: [], height: nodeHeight })
})

test('canaries and frozen trusts are marked as such', () => {
  const { nodes } = graphLayout([
    trust('a', { isCanary: true }),
    trust('b', { isFrozen: true }),
    trust('c', { isCanary: true, isFrozen: true }),
  ])
  const texts = nodes.filter(({ column }) => column === 1).map(({ text }) => text)
  expect(texts).toEqual(['a (canary)', 'b (frozen)', 'c (canary, frozen)'])
})
