import { presets } from '../../presets'
import { readIssuer } from '../../presets/preset-for'
import { fixOf } from '../fix'
import { variantOf } from '../issuer'
import { isRestricting } from '../reading'
import { definePostureRule } from '../rule'

export const l50 = definePostureRule({
  id: 'L50',
  severity: 'medium',
  title: 'The claims are those of another platform than the issuer’s',
  why: 'Several platforms use GitHub’s names for their claims. The same owner and repository at another platform belong to other people. Without an exact issuer, the tokens of all of them fit.',
  opens: 'The identity, to the owner of the same name at another platform.',
  remedy: 'Bind the issuer, and use the preset of its own platform.',
  sources: ['Forgejo and Depot document GitHub’s claim names'],
  needs: ['preset'],
  find(reading) {
    const { preset, policy } = reading
    if (policy.issuer === null) {
      const [variant] = preset.issuers.filter(({ template, isTelling }) => isTelling && !template.includes('{'))
      const issuer = variant?.template
      const fix =
        issuer === undefined
          ? undefined
          : fixOf(reading, `Take ${issuer} as the issuer`, (draft) => ({ ...draft, issuer }))
      const message = `The rules are those of ${preset.title}, and the issuer is not bound.`
      return reading.bound.some(isRestricting) ? [{ path: ['issuer'], message, fix }] : []
    }
    if (variantOf(reading)) return []
    const own = presets.find((other) => readIssuer(other, policy.issuer ?? '', ({ isTelling }) => isTelling))
    const message = own
      ? `The issuer is one of ${own.title}, and the rules are read as those of ${preset.title}.`
      : `The issuer ${policy.issuer} is none of ${preset.title}.`
    return [{ path: reading.issuerPath, message }]
  },
})
