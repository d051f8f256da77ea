import { type DifferencePart, sharedPlaces, type TextDifference, textDifference } from './text-difference'

/** Separators of the parts of subjects, references, images and addresses. */
const separators = /([/:@])/

/** More segments are compared by character, if at all. */
const segmentsMax = 100

/**
 * Returns the differences of two texts by segment at `/`, `:` and `@`: a segment that is another one is marked whole, one that nearly
 * agrees by character. Texts without separators, and those that share no segment, are compared by character. Null when they are equal
 * or plainly different. The parts concatenate to the texts. Pure.
 */
export function segmentDifference(expected: string, received: string): TextDifference | null {
  const [ours, theirs] = [segmentsOf(expected), segmentsOf(received)]
  const shared = Math.max(ours.length, theirs.length) <= segmentsMax ? sharedPlaces(ours, theirs) : []
  const isTelling = shared.some(([at]) => (ours[at]?.length ?? 0) > 1)
  if (expected === received || !isTelling) return textDifference(expected, received)

  const result: TextDifference = { expected: [], received: [] }
  let [i, j] = [0, 0]
  for (const [at, to] of [...shared, [ours.length, theirs.length] as const]) {
    addRun(result, ours.slice(i, at).join(''), theirs.slice(j, to).join(''))
    const same = ours[at]
    if (same !== undefined) {
      add(result.expected, same, false)
      add(result.received, same, false)
    }
    ;[i, j] = [at + 1, to + 1]
  }
  return result
}

const segmentsOf = (text: string) => text.split(separators).filter((segment) => segment !== '')

function addRun({ expected, received }: TextDifference, ours: string, theirs: string) {
  const near = ours === '' || theirs === '' ? null : textDifference(ours, theirs)
  for (const { text, differs } of near?.expected ?? [{ text: ours, differs: true }]) add(expected, text, differs)
  for (const { text, differs } of near?.received ?? [{ text: theirs, differs: true }]) add(received, text, differs)
}

function add(parts: DifferencePart[], text: string, differs: boolean) {
  if (text === '') return
  const last = parts.at(-1)
  if (last && last.differs === differs) last.text += text
  else parts.push({ text, differs })
}
