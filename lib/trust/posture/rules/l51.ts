import { isIssuerTemplate } from '../../issuer-template'
import type { Found } from '../finding'
import { fixOf } from '../fix'
import { boundTo, isExact } from '../reading'
import { definePostureRule } from '../rule'

export const l51 = definePostureRule({
  id: 'L51',
  severity: 'critical',
  title: 'The issuer is not one exact text',
  why: 'A pattern of issuers believes hosts and tenants that the owner of the trust never saw: a wildcard that crosses a dot or a slash fits a host that anyone can register. A template with an unfilled place fits no issuer, and is usually worked around by not checking it at all.',
  opens: 'Every identity of this trust, to any issuer of the pattern whose keys are believed.',
  remedy: 'Give the exact issuer. Several issuers are several trusts.',
  sources: ['go-oidc#344', 'octo-sts `issuer_pattern`', 'RFC 8725 §3.8'],
  needs: [],
  find(reading) {
    const { issuer } = reading.policy
    const found: Found[] = []
    const sampleIssuer = typeof reading.sample?.iss === 'string' ? reading.sample.iss : null
    if (issuer !== null && (isIssuerTemplate(issuer) || /[*]/.test(issuer))) {
      found.push({
        path: ['issuer'],
        message: `The issuer ${issuer} holds a place that is not filled in: tokens name an exact issuer.`,
        fix:
          sampleIssuer === null
            ? undefined
            : fixOf(reading, `Take ${sampleIssuer}`, (draft) => ({ ...draft, issuer: sampleIssuer })),
      })
    }
    // Without an exact issuer, rules on `iss` are what limits it.
    if (issuer !== null) return found
    const rules = boundTo(reading, 'iss')
    if (rules.some(isExact)) return found
    for (const { allowed, denied, at } of rules) {
      const wide = allowed.find(({ kind }) => kind === 'pattern') ?? denied[0]
      if (!wide) continue
      const exact = sampleIssuer
      found.push({
        path: wide.path,
        message: `The issuer is bound by the pattern ${wide.text}, whose wildcard also fits dots and slashes.`,
        fix:
          exact === null
            ? undefined
            : fixOf(reading, `Bind the issuer to ${exact}`, (draft) => ({
                ...draft,
                issuer: exact,
                rules: draft.rules.filter((_, index) => index !== at),
              })),
      })
    }
    return found
  },
})
