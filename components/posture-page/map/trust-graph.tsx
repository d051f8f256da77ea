import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { Severity } from '@/lib/trust/posture/finding'
import { visibleText } from '@/lib/trust/unseen'
import { type GraphEdge, type GraphNode, graphLayout, nodeHeight } from './graph-layout'
import type { MappedTrust } from './map-rows'

/** Left and right edge of each column, in percent of the width. */
const columns = [
  { left: 0, right: 28 },
  { left: 39, right: 67 },
  { left: 80, right: 100 },
] as const

/** Issuers, trusts and roles with the lines between them; the table has the same in words. */
export function TrustGraph({
  trusts,
  hrefOf,
}: {
  trusts: readonly MappedTrust[]
  hrefOf: (trustId: string) => string
}) {
  const { nodes, edges, height } = graphLayout(trusts)
  return (
    <figure aria-label="Issuers, the trusts that believe them, and the roles these give" className="min-w-[36rem] p-4">
      <div aria-hidden className="grid grid-cols-[39fr_41fr_20fr] pb-2 text-compact text-muted-foreground">
        <span>Issuer</span>
        <span>Trust</span>
        <span>Role</span>
      </div>
      <div className="relative" style={{ height }}>
        <svg
          aria-hidden
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {edges.map((edge) => (
            <path
              key={`${edge.from.id} ${edge.to.id}`}
              d={curve(edge)}
              fill="none"
              vectorEffect="non-scaling-stroke"
              strokeDasharray={edge.isEnabled ? undefined : offDashes}
              className={strokes(edge.worst)}
            />
          ))}
        </svg>
        <ul>
          {nodes.map((node) => (
            <Node key={node.id} node={node} href={node.trustId ? hrefOf(node.trustId) : null} />
          ))}
        </ul>
      </div>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 pt-3 text-compact text-muted-foreground">
        {legend.map(({ text, worst, dashes }) => (
          <span key={text} className="inline-flex items-center gap-2">
            <svg aria-hidden viewBox="0 0 28 8" className="h-2 w-7">
              <path d="M0 4H28" fill="none" strokeDasharray={dashes} className={strokes(worst)} />
            </svg>
            {shownText(text)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

/** How a trust that is switched off is drawn. */
const offDashes = '4 4'

/** What the lines say: the worst finding of the trust, by width as well as by colour. */
const legend: { text: string; worst: Severity | null; dashes?: string }[] = [
  { text: 'Critical finding', worst: 'critical' },
  { text: 'High finding', worst: 'high' },
  { text: 'Nothing worse than medium', worst: null },
  { text: 'Switched off', worst: null, dashes: offDashes },
]

function Node({ node: { column, top, text }, href }: { node: GraphNode; href: string | null }) {
  const { left, right } = columns[column]
  const styles = cn(
    'block truncate rounded-md border bg-surface px-2.5 py-1 text-compact',
    column === 0 && 'font-medium',
  )
  return (
    <li
      className="absolute"
      style={{ top: top + 3, left: `${left}%`, width: `${right - left}%`, height: nodeHeight - 6 }}
    >
      {href ? (
        <Link
          href={href}
          title={visibleText(text)}
          className={cn(styles, 'hover:border-accent-border hover:bg-accent-subtle')}
        >
          {shownText(text)}
        </Link>
      ) : (
        <span className={styles} title={visibleText(text)}>
          {shownText(text)}
        </span>
      )}
    </li>
  )
}

function curve({ from, to }: GraphEdge): string {
  const [x1, x2] = [columns[from.column].right, columns[to.column].left]
  const [y1, y2] = [from.top + nodeHeight / 2, to.top + nodeHeight / 2]
  const middle = (x1 + x2) / 2
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`
}

/** Severity by width as well as by colour. */
function strokes(worst: Severity | null): string {
  if (worst === 'critical') return 'stroke-refused stroke-[3px]'
  return worst === 'high' ? 'stroke-attention stroke-2' : 'stroke-input stroke-1'
}
