import { type ClaimValue, stringsOf } from '../claims'
import { typeWords } from '../json/json'
import { seenText } from '../seen-text'
import type { Work } from './glob'

/** How many values of a trust and of a claim are held against each other; more are not worth an explanation. */
const expectedMax = 50
const receivedMax = 20

/** The cost of comparing two texts, in the steps of a match. */
const trialSteps = 100

type Matches = (expected: string, received: string) => boolean

/**
 * Why a claim does not match values or patterns that it nearly matches: what people overlook, told by trying again without
 * it. Null when they plainly differ. For the owner of the trust: it may quote what the token says.
 */
export function nearMiss(expected: readonly string[], claim: ClaimValue, matches: Matches, work: Work): string | null {
  const texts = stringsOf(claim)
  if (texts.length === 0) {
    const what = Array.isArray(claim) ? 'a list without any text in it' : typeWords(claim)
    return `It is ${what}: no rule can compare that.`
  }
  const ours = expected.slice(0, expectedMax)
  const theirs = texts.slice(0, receivedMax)
  for (const { says, apply } of slips) {
    for (const value of ours) {
      for (const text of theirs) {
        work.steps += trialSteps
        if (work.steps > work.stepsMax) return null
        for (const [changed, other] of apply(value, text)) {
          if ((changed !== value || other !== text) && other !== '' && matches(changed, other)) return says(text)
        }
      }
    }
  }
  return typeof claim === 'boolean' || typeof claim === 'number' || typeof claim === 'bigint'
    ? `It is ${typeWords(claim)}, compared as the text ${JSON.stringify(theirs[0])}.`
    : null
}

/** A way in which two texts may miss each other, and both as they would be without it. */
type Slip = { says: (received: string) => string; apply: (expected: string, received: string) => [string, string][] }

const both =
  (change: (text: string) => string): Slip['apply'] =>
  (expected, received) => [[change(expected), change(received)]]

const withoutSlash = (text: string) => text.replace(/\/{1,8}$/, '')
const withoutScheme = (text: string) => text.replace(/^https?:\/\//i, '')
const refs = ['refs/heads/', 'refs/tags/', 'refs/', 'heads/', 'tags/']

const slips: Slip[] = [
  { says: () => 'They differ only in spaces at the ends.', apply: both((text) => text.trim()) },
  { says: () => 'They differ only in a trailing slash.', apply: both(withoutSlash) },
  { says: () => 'They differ only in upper and lower case.', apply: both((text) => text.toLowerCase()) },
  { says: () => 'They differ only in http:// and https://.', apply: both(withoutScheme) },
  { says: () => 'They look alike but are spelt with different characters.', apply: both(seenText) },
  { says: () => 'They differ only in hyphens and underscores.', apply: both((text) => text.replaceAll('_', '-')) },
  {
    says: () => 'They differ only in how the branch or tag is written: "main" is not "refs/heads/main".',
    apply: (expected, received) =>
      refs.flatMap((ref): [string, string][] => [
        [expected, ref + received],
        [expected, received.replace(ref, '')],
        [expected.replace(ref, ''), received],
      ]),
  },
  {
    says: () =>
      'The value is written as a regular expression; here a * alone matches any text, and a dot matches a dot.',
    apply: (expected, received) => [
      [
        expected
          .replace(/^\^|\$$/g, '')
          .replaceAll('.*', '*')
          .replaceAll('.+', '*')
          .replaceAll('\\.', '.'),
        received,
      ],
    ],
  },
  {
    says: () => 'They differ only in case, spaces, slashes or the scheme.',
    apply: both((text) => withoutSlash(withoutScheme(seenText(text).trim().toLowerCase()))),
  },
  {
    says: (received) =>
      `It is a list that was written as one text: ${JSON.stringify(received.slice(0, 200))}. Have the issuer write it as a list.`,
    apply: (expected, received) => elementsOf(received).map((element) => [expected, element]),
  },
  {
    says: (received) => `The token has more text after it: ${JSON.stringify(received.slice(0, 200))}.`,
    apply: (expected, received) =>
      partsOf(received, (part) => received.startsWith(part)).map((part) => [expected, part]),
  },
  {
    says: (received) => `The token has more text before it: ${JSON.stringify(received.slice(0, 200))}.`,
    apply: (expected, received) => partsOf(received, (part) => received.endsWith(part)).map((part) => [expected, part]),
  },
]

/** What a text lists: a JSON array, or several words between blanks, commas or semicolons (`scope` of RFC 6749 is one). */
function elementsOf(text: string): string[] {
  const start = text.slice(0, 2_000).trim()
  const words = start
    .replace(/^\[|\]$/g, '')
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^["']|["']$/g, ''))
  return words.length > 1 || start.startsWith('[') ? words.filter((word) => word !== '').slice(0, 50) : []
}

/** The parts of a text between its separators, from one end; the text itself is none of them. */
function partsOf(text: string, isAtEnd: (part: string) => boolean): string[] {
  const cuts = [...text.slice(0, 500).matchAll(/[:/@#?&=.,; ]/g)].slice(0, 12).map(({ index }) => index)
  return cuts.flatMap((cut) => [text.slice(0, cut), text.slice(0, cut + 1), text.slice(cut + 1)]).filter(isAtEnd)
}
