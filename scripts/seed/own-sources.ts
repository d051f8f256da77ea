import { sourceReader } from '@/lib/services/key-source/stored-sources'
import { cutText } from '@/lib/trust/cut-text'
import { neverDue, type Prototype } from './prototypes'

/** For every so many identities there is one more variant of each prototype. */
const identitiesPerVariant = 600

/**
 * The prototypes, and variants of them whose keys come from hosts of their own: where there are many identities, there are many key
 * sources too.
 */
export function withOwnSources(prototypes: readonly Prototype[], identities: number): Prototype[] {
  const read = sourceReader()
  const now = new Date()
  const variants = Array.from({ length: Math.floor(identities / identitiesPerVariant) }, (_, at) =>
    prototypes.map((prototype) => {
      const keys = ownHost(String(prototype.trust.keys), at)
      const [first] = prototype.keySources
      if (!first || keys === prototype.trust.keys) return prototype
      const sources = [...read(keys)]
      return {
        ...prototype,
        trust: { ...prototype.trust, keys },
        keySources: sources.map(([sourceId]) => ({ ...first, sourceId })),
        ownSources: sources.map(([sourceId, { kind, url, caCert }]) => ({
          ...{ organizationId: first.organizationId, sourceId, kind, url, urlStart: cutText(url, 200), caCert },
          ...{ ...neverDue(now), hasAlarms: false, alarmCount: 0, isFailing: false },
        })),
      }
    }),
  )
  return [prototypes, ...variants].flat()
}

/** The keys of a trust with the nth host of ours in the place of the one they come from. */
const ownHost = (keys: string, at: number) =>
  keys.replace(/("url":"https:\/\/)([^/"]+)/g, (_, before, host) => `${before}${at}.${host}`)
