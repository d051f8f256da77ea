import { factNamesOf } from '../../presets/template'
import { admissionOf, isLimited, pins } from '../admission'
import { bindClaims } from '../bind'
import { identityFactsOf } from '../identity'
import { definePostureRule } from '../rule'

export const l11 = definePostureRule({
  id: 'L11',
  severity: 'high',
  title: 'A name is bound without its id',
  why: 'Names of owners and groups can be changed and given up, and are then free for others to register. The new owner’s tokens carry the same name; only the id differs.',
  opens: 'The identity, to the next owner of the name.',
  remedy: 'Bind the id of the owner or of the workload beside the name, or instead of it.',
  sources: [
    'Astrix: Sub:jugation',
    'PyPI pins `repository_owner_id`; warehouse#15643',
    'GitHub’s immutable subjects since 15 July 2026',
  ],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    const admission = admissionOf(reading)
    const { hasTenant, ids } = identityFactsOf(preset)
    if (admission.isDead || pins(admission, ids)) return []
    // Names of customers, where the issuer sends the id of the same customer; where it names none, those of workloads.
    const role = hasTenant ? 'tenant' : 'workload'
    const paired = preset.claims.filter(
      (claim) => claim.role === role && claim.class === 'name' && claim.id !== undefined,
    )
    const names = new Set(
      paired.flatMap(({ from }) => factNamesOf(from ?? '').filter((name) => preset.facts[name]?.role === role)),
    )
    const rule = admission.rules.find(
      ({ branches, unknown }) =>
        branches.length > 0 &&
        unknown.length === 0 &&
        branches.some(({ facts }) =>
          Object.entries(facts).some(([name, reach]) => names.has(name) && isLimited(reach)),
        ),
    )
    if (!rule) return []
    const value = rule.branches.find(({ facts }) =>
      Object.entries(facts).some(([name, reach]) => names.has(name) && isLimited(reach)),
    )
    const idPath = paired[0]?.id ?? ''
    return [
      {
        path: value?.path ?? rule.bound.path,
        message: `${JSON.stringify(value?.text ?? '')} names an owner; ${idPath} is not bound.`,
        fix: preset.pins.map((set) => bindClaims(reading, set)).find((fix) => fix) ?? bindClaims(reading, [idPath]),
      },
    ]
  },
})
