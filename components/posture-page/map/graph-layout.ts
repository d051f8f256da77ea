import type { Severity } from '@/lib/trust/posture/finding'
import { type IssuerGroup, issuerGroups, type MappedTrust, nameOf } from './map-rows'

export type GraphNode = { id: string; column: 0 | 1 | 2; top: number; text: string; trustId: string | null }
export type GraphEdge = { from: GraphNode; to: GraphNode; worst: Severity | null; isEnabled: boolean }

/** Height of a node with the gap below it, in pixels. */
export const nodeHeight = 36

/**
 * Places issuers, trusts and roles in three columns, each centred, with an edge from a trust's issuer and one to the role of its
 * identity. Issuers are in the order of their trusts, so that few edges cross.
 */
export function graphLayout(trusts: readonly MappedTrust[]): {
  nodes: GraphNode[]
  edges: GraphEdge[]
  height: number
} {
  const groups = issuerGroups(trusts)
  const ordered = groups.flatMap((group) => group.trusts)
  const roles = [...new Set(ordered.map(({ role }) => role ?? 'none'))].sort()
  const height = Math.max(ordered.length, groups.length, roles.length, 1) * nodeHeight
  const place = (column: GraphNode['column'], texts: { id: string; text: string; trustId?: string }[]): GraphNode[] => {
    const step = height / Math.max(1, texts.length)
    return texts.map(({ trustId = null, ...text }, at) => ({
      ...{ ...text, trustId, column },
      top: at * step + step / 2 - nodeHeight / 2,
    }))
  }
  const issuers = place(
    0,
    groups.map((group) => ({ id: `issuer ${group.issuer}`, text: issuerText(group, groups) })),
  )
  const middle = place(
    1,
    ordered.map((trust) => ({ id: `trust ${trust.id}`, text: graphNameOf(trust), trustId: trust.id })),
  )
  const last = place(
    2,
    roles.map((role) => ({ id: `role ${role}`, text: role })),
  )
  const nodes = [...issuers, ...middle, ...last]
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const edges = ordered.flatMap(({ id, issuer, role, worst, enabled: isEnabled }): GraphEdge[] => {
    const [from, trust, to] = [`issuer ${issuer}`, `trust ${id}`, `role ${role ?? 'none'}`].map((name) =>
      byId.get(name),
    )
    if (!from || !trust || !to) return []
    return [
      { from, to: trust, worst, isEnabled },
      { from: trust, to, worst, isEnabled },
    ]
  })
  return { nodes, edges, height }
}

/** The platform; of one with several issuers, and of issuers that no preset knows, the issuer itself tells which, first: long texts are cut. */
function issuerText({ issuer, title }: IssuerGroup<MappedTrust>, groups: readonly IssuerGroup<MappedTrust>[]): string {
  if (issuer === null || title === '') return title || (issuer ?? 'Any issuer')
  const isAlone = groups.filter((other) => other.title === title).length === 1
  return isAlone ? title : `${issuer.replace(/^https:\/\//, '')} · ${title}`
}

function graphNameOf(trust: MappedTrust): string {
  const marks = [trust.isCanary && 'canary', trust.isFrozen && 'frozen'].filter(Boolean)
  return marks.length > 0 ? `${nameOf(trust)} (${marks.join(', ')})` : nameOf(trust)
}
