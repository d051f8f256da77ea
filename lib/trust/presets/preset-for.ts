import { presets } from './index'
import type { IssuerVariant, Preset } from './preset'
import { type FactValues, factNamesOf, parse } from './template'

/** An issuer that was read by a preset. */
export type IssuerReading = { preset: Preset; variant: IssuerVariant; facts: FactValues }

/** Returns the preset of an issuer, or null. An issuer that other platforms could have, too, tells none. */
export const presetForIssuer = (issuer: string): IssuerReading | null => presetsForIssuer(issuer)[0] ?? null

/** All presets whose issuers have such a name; those with exactly this issuer first. */
function presetsForIssuer(issuer: string): IssuerReading[] {
  const readings = presets.flatMap((preset) => readIssuer(preset, issuer, ({ isTelling }) => isTelling) ?? [])
  const isExact = ({ variant }: IssuerReading) => factNamesOf(variant.template).length === 0
  return [...readings.filter(isExact), ...readings.filter((reading) => !isExact(reading))]
}

/** Reads an issuer by the variants of a preset, in order. Null when it is none of them. */
export function readIssuer(
  preset: Preset,
  issuer: string,
  isMeant: (variant: IssuerVariant) => boolean = () => true,
): IssuerReading | null {
  for (const variant of preset.issuers.filter(isMeant)) {
    const facts = parse(variant.template, issuer, preset.facts)
    if (facts) return { preset, variant, facts }
  }
  return null
}
