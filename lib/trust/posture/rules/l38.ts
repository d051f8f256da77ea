import { factNamesOf } from '../../presets/template'
import { admissionOf, pins } from '../admission'
import { bindClaims } from '../bind'
import { identityFactsOf } from '../identity'
import { variantOf } from '../issuer'
import { definePostureRule } from '../rule'

export const l38 = definePostureRule({
  id: 'L38',
  severity: 'medium',
  title: 'The issuer names a customer by a name that can change hands',
  why: 'The issuer’s URL holds the short name of a workspace or organization. When the customer renames it, the name is free, and the next owner gets an issuer of the same URL.',
  opens: 'The identity, to the next owner of the short name.',
  remedy: 'Bind the id of the customer or of the workload as well.',
  sources: [
    'Astrix: 14 % (AWS) and 24 % (Azure) of trusted namespaces were free to register',
    'Bitbucket, Fly.io and Vercel issuers',
  ],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    const known = variantOf(reading)
    if (!known?.variant.isTelling) return []
    const slug = factNamesOf(known.variant.template).find((name) => {
      const fact = preset.facts[name]
      return fact?.class === 'name' && fact.role === 'tenant'
    })
    const { ids } = identityFactsOf(preset)
    const claims = preset.claims.filter(({ class: one, role }) => one === 'id' && role === 'tenant')
    const admission = admissionOf(reading)
    if (slug === undefined || claims.length === 0 || admission.isDead || pins(admission, ids)) return []
    const name = preset.facts[slug]?.title ?? slug
    return [
      {
        path: reading.issuerPath,
        message: `${name} “${known.facts[slug] ?? ''}” can be renamed, and no id is bound.`,
        fix: preset.pins
          .map((set) =>
            bindClaims(
              reading,
              set.filter((path) => path !== 'sub'),
            ),
          )
          .find((fix) => fix),
      },
    ]
  },
})
