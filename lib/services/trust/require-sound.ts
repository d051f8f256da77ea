import { AppError } from '@/lib/errors'
import { readCertificates } from '@/lib/net/certificates'
import { draftIssues } from '@/lib/trust/draft-issues'
import type { TrustDraft } from '@/lib/trust/trust'

/** @throws AppError `rule`, whose `fields` name every wrong place of the draft */
export async function requireSound(draft: TrustDraft) {
  const issues = await draftIssues(draft, (pem) => readCertificates(pem) !== null)
  const [first] = issues
  if (first) throw new AppError('rule', first.message, { fields: issues, reason: first.code })
}
