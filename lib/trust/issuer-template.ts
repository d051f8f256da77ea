import { shortenText } from './cut-text'
/*
 * A provider for many tenants publishes one discovery document for all of them, whose issuer is a template: Microsoft
 * Entra's `common` endpoint says `https://login.microsoftonline.com/{tenantid}/v2.0`. No token has that issuer.
 */

/** Whether an issuer holds a placeholder in braces. */
export const isIssuerTemplate = (issuer: string): boolean => /\{[^{}]{1,100}\}/.test(issuer)

/** Whether an issuer fits a template; compared segment by segment, so in linear time. */
export function fitsTemplate(template: string, issuer: string): boolean {
  if (!isIssuerTemplate(template) || isIssuerTemplate(issuer)) return false
  const [pattern, given] = [template, issuer].map((text) => text.replace(/\/+$/, '').split('/'))
  return (
    pattern !== undefined &&
    given !== undefined &&
    pattern.length === given.length &&
    pattern.every((part, at) => fitsSegment(part, given[at] ?? ''))
  )
}

function fitsSegment(part: string, given: string): boolean {
  const [open, close] = [part.indexOf('{'), part.lastIndexOf('}')]
  if (open < 0 || close < open) return part === given
  const [before, after] = [part.slice(0, open), part.slice(close + 1)]
  return given.length > before.length + after.length && given.startsWith(before) && given.endsWith(after)
}

/**
 * What to do about a discovery document whose issuer is a template, for the trust's owner; the first of `issuers` that fits
 * says which tenant is meant.
 */
export function explainTemplate(template: string, issuers: readonly (string | null | undefined)[]): string {
  const [placeholder = '{tenantid}'] = /\{[^{}]{1,100}\}/.exec(template) ?? []
  const is = `Its issuer ${cut(template)} is a template for many tenants: ${placeholder} stands for one of them.`
  const own = tenantOf(template, issuers)
  if (own === null) {
    return `${is} Put the tenant’s own ID in the place of ${placeholder}, in the discovery URL and in the issuer of the trust; a token of that tenant names it in "iss".`
  }
  return `${is} Give the tenant’s own discovery URL, ${cut(own)}, and ${cut(own)} as the issuer of the trust.`
}

/** Returns the first issuer that fits the template, or null. */
export const tenantOf = (template: string, issuers: readonly (string | null | undefined)[]): string | null =>
  issuers.find((issuer) => typeof issuer === 'string' && fitsTemplate(template, issuer)) ?? null

const cut = (text: string) => shortenText(text, 200)
