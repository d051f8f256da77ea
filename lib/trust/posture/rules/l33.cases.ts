import { defineCases, of, only, rule, sampleOf } from '../cases'

const exact = only('sub', 'system:serviceaccount:payments:api')
const living = (seconds: number) => ({
  sample: sampleOf('kubernetes'),
  seen: { accepted: 1, lastAcceptedAt: 0, life: { least: seconds, greatest: seconds } },
})
const anyAge = { lifetime: {} }

export const l33Cases = defineCases({
  rule: 'L33',
  raises: [
    {
      title: 'a token of a year',
      subject: of('kubernetes', [exact], anyAge, living(31_536_000)),
      severity: 'high',
      says: '365 days',
    },
    {
      title: 'the API server’s audience',
      subject: of('kubernetes', [exact], {
        rules: [rule('aud', 'https://kubernetes.default.svc.cluster.local'), exact],
      }),
    },
    {
      title: 'the account named default',
      subject: of('kubernetes', [only('sub', 'system:serviceaccount:payments:default')]),
      says: 'default',
    },
    { title: 'every namespace', subject: of('kubernetes', [rule('sub', 'system:serviceaccount:*:api')]) },
    {
      title: 'every account of a namespace',
      subject: of('kubernetes', [rule('sub', 'system:serviceaccount:payments:*')]),
    },
    {
      title: 'tokens from secrets',
      subject: of('kubernetes', [exact], { issuer: 'kubernetes/serviceaccount' }),
      path: ['issuer'],
    },
  ],
  silent: [
    {
      title: 'every account of a namespace that has one uid',
      subject: of('kubernetes', [
        rule('sub', 'system:serviceaccount:payments:*'),
        only('/kubernetes.io/serviceaccount/uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d'),
      ]),
    },
    { title: 'an account of its own', subject: of('kubernetes', [exact]) },
    { title: 'tokens of ten minutes', subject: of('kubernetes', [exact], anyAge, living(600)) },
    {
      title: 'tokens of a year that are refused after an hour',
      subject: of('kubernetes', [exact], {}, living(31_536_000)),
    },
    {
      title: 'a project named default',
      subject: of('gitlab', [rule('sub', 'project_path:acme/default:ref_type:branch:ref:main')]),
    },
  ],
})
