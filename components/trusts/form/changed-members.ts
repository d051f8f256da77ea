import { quotedTexts } from '@/components/layout/text-difference'

/** What goes and comes of a list, and how many members stay. */
export type ChangedMembers = { gone: string[]; come: string[]; kept: number }

/**
 * Returns the members of two lists that differ: lines, or the values of a rule. Null where nothing stays, and where what stays is in
 * another order, for then all of both is said. Pure.
 */
export function changedMembers(before: string, after: string): ChangedMembers | null {
  const [was, is] = [membersOf(before), membersOf(after)]
  const [wasKept, isKept] = [was.filter((one) => is.includes(one)), is.filter((one) => was.includes(one))]
  if (wasKept.length === 0 || wasKept.join('\n') !== isKept.join('\n')) return null
  return {
    gone: was.filter((one) => !is.includes(one)),
    come: is.filter((one) => !was.includes(one)),
    kept: wasKept.length,
  }
}

function membersOf(text: string): string[] {
  const isValues = /^(?:one of )?"(?:[^"\\]|\\.)*"(?:, "(?:[^"\\]|\\.)*")*$/.test(text)
  return isValues ? quotedTexts(text).map((one) => JSON.stringify(one)) : text.split('\n')
}
