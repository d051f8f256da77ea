import { definePostureRule } from '../rule'

export const l49 = definePostureRule({
  id: 'L49',
  severity: 'high',
  title: 'A token was used as a stolen one would be',
  why: 'A job has one address and logs in soon after it got its token. The same token from two addresses, a first use at the end of its life, or one run at more trusts than ever before is how a lifted token looks.',
  opens: 'All that the trusts of this run grant.',
  remedy: 'Revoke the access tokens of the run, and look at its log.',
  sources: ['CVE-2026-45321: tokens lifted from the memory of runners'],
  needs: ['seen'],
  find({ seen }) {
    if (!seen.suspicious) return { noData: 'addresses and times of recorded logins' }
    return seen.suspicious.map(({ kind, of, detail }) => ({
      path: ['rules'],
      message: `${of.slice(0, 100)} ${words[kind]}: ${detail.slice(0, 300)}.`,
    }))
  },
})

const words = {
  'two-addresses': 'was used from two addresses',
  late: 'was first used late in its life',
  'many-trusts': 'was used at more trusts than before',
} as const
