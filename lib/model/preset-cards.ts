import { presets } from '@/lib/trust/presets'
import type { Preset } from '@/lib/trust/presets/preset'

/** A platform to choose from. */
export type PresetCard = {
  id: string
  title: string
  family: Preset['family']
  verified: boolean
  /** What its issuers look like, for people and for the search. */
  issuers: string[]
}

/** Returns the platforms whose tokens are known, in their order; other issuers last. */
export const presetCards = (): PresetCard[] =>
  presets.map(({ id, title, family, verified, issuers }) => ({
    ...{ id, title, family, verified },
    issuers: issuers.map(({ template }) => template),
  }))
