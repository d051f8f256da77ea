import { isIgnoredEntry, type PublishedKey } from './published-key'

export type KnownKey = { id: string; kid: string | null; thumbprint: string; removedAt: Date | null }
export type KeyOfSource = PublishedKey & { id: string }

export const keyEventKinds = ['key-added', 'key-removed', 'key-changed'] as const

export type KeyChange = { kind: (typeof keyEventKinds)[number]; kid: string | null; message: string }

/** Returns the differences between the keys that were known and those that are published now. */
export function keyChanges(known: readonly KnownKey[], published: readonly KeyOfSource[]): KeyChange[] {
  const before = known.filter((key) => key.removedAt === null && !isIgnoredEntry(key))
  const gone = before.filter(({ id }) => !published.some((key) => key.id === id))
  const come = published.filter((key) => !isIgnoredEntry(key) && !before.some(({ id }) => id === key.id))
  const isReplaced = (key: KnownKey) => key.kid !== null && come.some(({ kid }) => kid === key.kid)
  return [
    ...come.map((key) => (key.kid !== null && gone.some(({ kid }) => kid === key.kid) ? changed(key) : added(key))),
    ...gone.filter((key) => !isReplaced(key)).map(removed),
  ]
}

const named = (kid: string | null) => (kid === null ? 'A key without a kid' : `The key ${JSON.stringify(kid)}`)

const added = ({ kid, label }: KeyOfSource): KeyChange => ({
  kind: 'key-added',
  kid,
  message: `${named(kid)} was added${label ? ` (${label})` : ''}.`,
})

const changed = ({ kid }: KeyOfSource): KeyChange => ({
  kind: 'key-changed',
  kid,
  message: `${named(kid)} has new key material under the same kid.`,
})

const removed = ({ kid }: KnownKey): KeyChange => ({
  kind: 'key-removed',
  kid,
  message: `${named(kid)} is no longer published.`,
})
