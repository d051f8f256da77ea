import { segmentsOf } from '../claims'
import type { Claim, Preset } from './preset'

/** Returns what a preset knows about the claim at an address (docs/verification.md), or null. */
export function claimOf(preset: Preset, path: string): Claim | null {
  const plain = preset.claims.find((claim) => isAt(claim, [path]))
  if (plain) return plain
  const segments = segmentsOf(path)
  return (segments && preset.claims.find((claim) => isAt(claim, segments))) ?? null
}

/** Returns what a preset knows about the claim that these steps lead to, or null. */
export const claimAt = (preset: Preset, segments: readonly string[]): Claim | null =>
  preset.claims.find((claim) => isAt(claim, segments)) ?? null

/** The steps that lead to a claim. */
export function stepsOf(claim: Claim): string[] {
  const { path } = claim
  const steps = made.get(claim) ?? (path.startsWith('/') ? (segmentsOf(path) ?? []) : [path])
  made.set(claim, steps)
  return steps
}

const made = new WeakMap<Claim, string[]>()

/** Whether a claim, an object around it, or a beginning of its name is at an address. */
function isAt(claim: Claim, segments: readonly string[]): boolean {
  const steps = stepsOf(claim)
  const isAround = claim.type === 'object' && segments.length >= steps.length
  if (segments.length !== steps.length && !isAround) return false
  return steps.every((step, at) => {
    const isLast = at === steps.length - 1
    return claim.isPrefix && isLast ? (segments[at] ?? '').startsWith(step) : segments[at] === step
  })
}
