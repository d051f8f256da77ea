import { compare, type Dimension } from '@/lib/trust/analysis/compare'
import type { Finding } from '@/lib/trust/posture/finding'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { toFindingAnswer } from './finding-answers'
import type { ComparisonAnswer, DimensionAnswer } from './posture'

/** A trust, and what is found in it. */
export type Found = { policy: JudgedPolicy; findings: readonly Finding[] }

/** Says what becomes of one trust when another takes its place, as plain data. */
export function comparison(before: Found, after: Found): ComparisonAnswer {
  const { relation, dimensions } = compare(before.policy, after.policy)
  return {
    relation,
    dimensions: dimensions.map(toDimensionAnswer),
    raised: answersBeyond(after, before),
    removed: answersBeyond(before, after),
  }
}

function toDimensionAnswer({ id, relation, accepted, refused }: Dimension): DimensionAnswer {
  return { id, relation, ...(accepted ? { accepted } : {}), ...(refused ? { refused } : {}) }
}

/** Findings of rules that find nothing, or less severe things, in the other. */
export function beyond({ findings }: Found, other: Found): Finding[] {
  const known = new Set(other.findings.map(({ rule, severity }) => `${rule} ${severity}`))
  return findings.filter(({ rule, severity }) => !known.has(`${rule} ${severity}`))
}

const answersBeyond = (one: Found, other: Found) =>
  beyond(one, other).map((finding) => toFindingAnswer(one.policy, finding))
