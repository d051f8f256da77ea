/** A run of characters of both texts or of one. */
export type DifferencePart = { text: string; differs: boolean }
export type TextDifference = { expected: DifferencePart[]; received: DifferencePart[] }

/** Longer texts are not compared by character. */
const charactersMax = 300

/** Share of the longer text that both must have for a near miss. */
const sharedMin = 0.6

/**
 * Returns the differences of two texts by character when they are nearly equal; null when they are equal, very
 * different or too long. The parts concatenate to the texts. Pure.
 */
export function textDifference(expected: string, received: string): TextDifference | null {
  const ours = Array.from(expected)
  const theirs = Array.from(received)
  if (expected === received || Math.max(ours.length, theirs.length) > charactersMax) return null
  const shared = sharedPlaces(ours, theirs)
  if (shared.length < sharedMin * Math.max(ours.length, theirs.length)) return null
  return {
    expected: toParts(ours, new Set(shared.map(([at]) => at))),
    received: toParts(theirs, new Set(shared.map(([, at]) => at))),
  }
}

/**
 * Returns the expected value that is nearest to the received one. Checks write values as JSON: `"a"`, or `one of "a",
 * "b"`.
 */
export function nearestDifference(
  expected: string,
  received: string,
  differenceOf: typeof textDifference = textDifference,
): TextDifference | null {
  const wanted = quotedTexts(expected)
  let nearest: { difference: TextDifference; differing: number } | null = null
  for (const ours of wanted.slice(0, 50)) {
    for (const theirs of quotedTexts(received).slice(0, 50)) {
      const difference = differenceOf(ours, theirs)
      if (!difference) continue
      const differing = lengthOfDiffering(difference)
      if (!nearest || differing < nearest.differing) nearest = { difference, differing }
    }
  }
  return nearest?.difference ?? null
}

const lengthOfDiffering = ({ expected, received }: TextDifference) =>
  [...expected, ...received].reduce((sum, { text, differs }) => sum + (differs ? text.length : 0), 0)

/** Returns the texts that a check writes as JSON, between other words. */
export function quotedTexts(words: string): string[] {
  return (words.match(/"(?:[^"\\]|\\.)*"/g) ?? []).flatMap((word) => {
    try {
      const value: unknown = JSON.parse(word)
      return typeof value === 'string' ? [value] : []
    } catch {
      return []
    }
  })
}

/** Index pairs of a longest common subsequence. */
export function sharedPlaces(ours: readonly string[], theirs: readonly string[]): [number, number][] {
  const width = theirs.length + 1
  const longest = new Uint16Array((ours.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = ours.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      longest[i * width + j] = ours[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < ours.length && j < theirs.length; ) {
    if (ours[i] === theirs[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

function toParts(characters: readonly string[], shared: ReadonlySet<number>): DifferencePart[] {
  const parts: DifferencePart[] = []
  for (const [at, character] of characters.entries()) {
    const differs = !shared.has(at)
    const last = parts.at(-1)
    if (last && last.differs === differs) last.text += character
    else parts.push({ text: character, differs })
  }
  return parts
}
