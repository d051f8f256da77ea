import { listClaims } from '@/lib/trust/claims'
import type { JsonObject } from '@/lib/trust/json/json'
import { isPersonalClaim } from '@/lib/trust/mask-claims'
import { recognise } from '@/lib/trust/presets/recognise'
import { toPresetAnswer } from './finding-answers'
import type { RecognitionAnswer } from './posture'

/** Says which issuer made a token and what its claims mean, as plain data. Nothing in the claims is believed. */
export function recognition(claims: JsonObject): RecognitionAnswer {
  const { preset, variant, format, facts, classes, unknown, looksLike, isComplete } = recognise(claims)
  return {
    preset: preset && toPresetAnswer(preset),
    issuer: variant && { id: variant.id, title: variant.title },
    format: format && { id: format.id, title: format.title },
    facts: { ...facts },
    classes,
    unknown,
    personal: personalClaims(claims),
    tokenRequest: preset?.tokenRequest ?? [],
    isComplete,
    looksLike: looksLike && {
      preset: toPresetAnswer(looksLike.preset),
      mustNotBe: looksLike.mustNotBe.map(toPresetAnswer),
    },
  }
}

/** Claims that are looked at. */
const claimsMax = 500

const personalClaims = (claims: JsonObject) =>
  listClaims(claims)
    .slice(0, claimsMax)
    .flatMap(({ path, value }) => (isPersonalClaim(path, value) ? [path] : []))
