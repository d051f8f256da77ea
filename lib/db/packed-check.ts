import { z } from 'zod'

/** A check as it is told: id, status as a letter, sentence (a number for one that is always the same, null for none), and the rest. */
export type ToldCheck = [id: string, letter: string, message: Told | null, more?: Record<string, Told>]
type Told = string | number

const Text = z.union([z.string(), z.number(), z.tuple([z.number()]).rest(z.union([z.string(), z.literal(0)]))])
type Text = z.output<typeof Text>

/** The same in few characters. */
export const PackedCheck = z
  .tuple([z.union([z.number(), z.string()]), Text.nullable()])
  .rest(z.record(z.string(), Text))
export type PackedCheck = z.output<typeof PackedCheck>

const letters = ['p', 'f', 'w', 's']

export function packCheck([id, letter, message, more]: ToldCheck): PackedCheck {
  const number = idNumbers.get(id) ?? -1
  const name = number < 0 ? `${letter}${id}` : number * letters.length + letters.indexOf(letter)
  const packed = message === null ? null : packText(message, id)
  if (!more || Object.keys(more).length === 0) return [name, packed]
  const texts: Record<string, Text> = {}
  for (const [key, value] of Object.entries(more)) texts[key] = key === 'f' ? packField(value) : packText(value, id)
  return [name, packed, texts]
}

export function unpackCheck([name, message, more]: PackedCheck): ToldCheck {
  const isNumber = typeof name === 'number'
  const id = isNumber ? (ids[Math.floor(name / letters.length)] ?? '') : name.slice(1)
  const letter = isNumber ? (letters[name % letters.length] ?? '') : name.slice(0, 1)
  const told = message === null ? null : unpackText(message, id)
  if (!more) return [id, letter, told]
  const texts = Object.entries(more).map(([key, value]): [string, Told] => [
    key,
    key === 'f' ? unpackField(value) : unpackText(value, id),
  ])
  return [id, letter, told, Object.fromEntries(texts)]
}

/** A phrase's number with the values of its placeholders; 0 for the claim that the check is about. */
function packText(text: Told, id: string): Text {
  if (typeof text === 'number') return text
  const number = phraseEnds.findIndex(
    ([before, after]) => text.startsWith(before) && text.endsWith(after) && text.length >= before.length + after.length,
  )
  const [before, after] = phraseEnds[number] ?? ['', '']
  if (number < 0) return text
  const value = text.slice(before.length, text.length - after.length)
  return [number, `claim:${value}` === id ? 0 : value]
}

function unpackText(text: Text, id: string): Told {
  if (!Array.isArray(text)) return text
  const [number, value = ''] = text
  return (phrases[number] ?? '{}').replace('{}', () => (value === 0 ? id.slice('claim:'.length) : value))
}

/** A rule by its number; below zero, one of the `fields`. */
function packField(field: Told): Text {
  const rule = /^rules\.(0|[1-9]\d{0,5})$/.exec(String(field))?.[1]
  if (rule !== undefined) return Number(rule)
  const number = fields.indexOf(String(field))
  return number < 0 ? field : -1 - number
}

function unpackField(field: Text): Told {
  if (typeof field !== 'number') return unpackText(field, '')
  return field < 0 ? (fields[-1 - field] ?? '') : `rules.${field}`
}

// Rows rely on the order of these for good: append only, and never change or remove one.

const ids: readonly string[] = [
  ...['token.shape', 'token.limits', 'header.json', 'header.typ', 'header.crit', 'header.alg'],
  ...['keys.source', 'keys.kid', 'keys.usable', 'keys.strength', 'signature', 'claims.json'],
  ...['iss', 'aud', 'sub', 'exp', 'nbf', 'iat', 'lifetime', 'age', 'replay', 'ip', 'grant', 'method', 'identity'],
]

const fields: readonly string[] = ['lifetime.expirySkewSeconds', 'keys.0', 'keys.1', 'keys.2']

/** Each with one place. */
const phrases: readonly string[] = [
  'Three segments of base64url; the signature has {} bytes.',
  '{} characters, within the limits.',
  'The signature was made with this key ({}).',
  'The token expires in {}.',
  'The token expired {} ago.',
  'The token was issued {} ago.',
  'The token lives for {}.',
  'not later than {} UTC',
  'later than {} UTC',
  'The claim "{}" is one this trust accepts.',
  'The claim "{}" is not one this trust accepts.',
  // A masked text: its dots are the only characters of a usual decision that are not of Latin-1, and so double the memory of all others.
  '{}•••',
]

const idNumbers = new Map(ids.map((id, number) => [id, number]))

/** What is before and after the place of each phrase. */
const phraseEnds = phrases.map((phrase): [before: string, after: string] => {
  const [before = '', after = ''] = phrase.split('{}')
  return [before, after]
})
