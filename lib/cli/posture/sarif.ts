import { toSarif } from '@/lib/trust/posture/sarif'
import type { Analysed } from './analysis-text'

/** What is found in the trusts of files, for code scanning. @param installation its URL, where rules have pages */
export const sarifOf = (
  analysed: readonly (Omit<Analysed, 'analysis'> & { analysis: Pick<Analysed['analysis'], 'findings'> })[],
  version: string,
  installation: string | undefined,
) =>
  toSarif(
    analysed.map(({ file, place, name, analysis }) => ({
      name,
      file: { uri: file, place: place.join('.') },
      findings: analysis.findings.map(({ id, mute, ...finding }) => ({ ...finding, rule: id, accepted: mute?.reason })),
    })),
    { version, ...(installation !== undefined && hasPages(installation) ? { installation } : {}) },
  )

/** An audience may be any text; pages are where it is the URL of an installation. */
const hasPages = (audience: string) => /^https?:/i.test(audience) && URL.canParse(audience)
