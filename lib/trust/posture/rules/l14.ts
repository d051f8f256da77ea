import { admissionOf, tooMuch } from '../admission'
import { bindFix } from '../bind'
import { admittedPullRequest } from '../pull-requests'
import { definePostureRule } from '../rule'

export const l14 = definePostureRule({
  id: 'L14',
  severity: 'high',
  title: 'Runs for pull requests may log in',
  why: 'Such a run executes code that has not been reviewed, in some settings that of a stranger’s fork. What it may read it can send anywhere, and what it may write it can change.',
  opens: 'The identity, to everyone who can open a pull request.',
  remedy: 'Exclude the events, or keep a trust of its own for pull requests, with an identity that can only read.',
  sources: [
    'PyPI refuses pull_request_target (warehouse#19601)',
    'CircleCI: forks must be told apart by vcs-origin',
    'GitLab: a fork’s merge request names the fork (work item 563038)',
    'dd-trace-js held pull_request policies with contents: write (@5735ffe)',
  ],
  needs: ['preset'],
  find(reading) {
    if (reading.access === 'read') return []
    const admitted = admittedPullRequest(reading)
    const isUnread = admissionOf(reading).rules.some(({ unknown }) => unknown.length > 0)
    if (!admitted) return isUnread ? tooMuch : []
    return [
      {
        ...admitted,
        severity: reading.access === 'write' ? 'critical' : 'high',
        message: `Runs for pull requests are accepted: ${JSON.stringify(admitted.witness)}.`,
        fix: bindFix(reading),
      },
    ]
  },
})
