import { defineCases, of, only, rule } from '../cases'

export const l30Cases = defineCases({
  rule: 'L30',
  raises: [
    {
      title: 'a run',
      subject: of('github', [only('repository_id', '966304329'), only('run_id', '15612345678')]),
      path: ['rules', 2],
    },
    {
      title: 'a commit',
      subject: of('github', [
        only('sub', 'repo:acme/payments:ref:refs/heads/main'),
        only('sha', 'f9d3b4a1c0e25867b1a2c3d4e5f60718293a4b5c'),
      ]),
    },
    {
      title: 'a pod',
      subject: of('kubernetes', [
        only('sub', 'system:serviceaccount:payments:api'),
        only('/kubernetes.io/pod/uid', '5e0f9d7c-1b2a-4c3d-8e4f-6a7b8c9d0e1f'),
      ]),
    },
  ],
  silent: [
    { title: 'a repository', subject: of('github', [only('repository_id', '966304329')]) },
    { title: 'every run', subject: of('github', [only('repository_id', '966304329'), rule('run_id', '*')]) },
    {
      title: 'an account by uid',
      subject: of('kubernetes', [only('/kubernetes.io/serviceaccount/uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d')]),
    },
  ],
})
