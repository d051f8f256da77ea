/**
 * Returns the label of a field, or of the field that contains it; else its dotted path. Indexes do not count:
 * `claims.2.key` is found as `claims.key`, then `claims`.
 */
export function labelOfField(path: readonly (string | number)[], labels: Readonly<Record<string, string>>): string {
  const steps = path.map(String).filter((step) => !/^\d+$/.test(step))
  for (let length = steps.length; length > 0; length--) {
    const label = labels[steps.slice(0, length).join('.')]
    if (label) return label
  }
  return path.join('.')
}
