import { definePostureRule } from '../rule'

export const l48 = definePostureRule({
  id: 'L48',
  severity: 'critical',
  title: 'A name came with another id',
  why: 'Two tokens of one issuer had the same name of owner or workload, and different ids, or no id any more. The name has changed hands.',
  opens: 'What the name was trusted for, to its new owner.',
  remedy: 'Disable the trust, ask the owner of the name, and bind the id.',
  sources: ['Astrix: Sub:jugation'],
  needs: ['seen'],
  find({ seen }) {
    const names = seen.names
    if (!names) return { noData: 'names and ids of recorded tokens' }
    const idsOf = new Map<string, Set<string | null>>()
    for (const { name, id } of names) idsOf.set(name, (idsOf.get(name) ?? new Set()).add(id))
    const namesOf = new Map<string, Set<string>>()
    for (const { name, id } of names) if (id !== null) namesOf.set(id, (namesOf.get(id) ?? new Set()).add(name))
    return [
      ...[...idsOf]
        .filter(([, ids]) => ids.size > 1)
        .map(([name, ids]) => ({
          path: ['rules'],
          message: `${name} came with ${[...ids]
            .slice(0, 5)
            .map((id) => id ?? 'no id')
            .join(' and ')}.`,
        })),
      ...[...namesOf]
        .filter(([, renamed]) => renamed.size > 1)
        .map(([id, renamed]) => ({
          path: ['rules'],
          severity: 'info' as const,
          message: `${id} was renamed: ${[...renamed].slice(0, 5).join(', ')}.`,
        })),
    ]
  },
})
