import type { KeySource } from '../policy'
import { presets } from '../presets'
import type { Preset } from '../presets/preset'
import { readIssuer } from '../presets/preset-for'

/**
 * The preset whose issuer has these keys, by their URL: a trust that names no issuer still believes one. Null = none, or several.
 */
export function presetOfKeys(keys: readonly KeySource[]): Preset | null {
  const urls = keys.flatMap((source) => ('url' in source ? [source.url] : []))
  const found = presets.filter((preset) => urls.some((url) => isKeyUrl(preset, url)))
  return found.length === 1 ? (found[0] ?? null) : null
}

const wellKnown = /\/\.well-known\/.*$|\/discovery\/.*$|\/oauth\/discovery\/keys$|\/+$/

function isKeyUrl(preset: Preset, url: string): boolean {
  const telling = preset.issuers.filter(({ isTelling }) => isTelling)
  if (telling.some(({ jwksUrl }) => jwksUrl === url)) return true
  const issuer = url.replace(wellKnown, '')
  return [issuer, `${issuer}/`].some((text) => readIssuer(preset, text, ({ isTelling }) => isTelling) !== null)
}
