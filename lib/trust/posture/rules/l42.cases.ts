import { defineCases, of, only, sampleOf } from '../cases'

const branch = only('sub', 'repo:acme/payments:ref:refs/heads/main')

export const l42Cases = defineCases({
  rule: 'L42',
  raises: [
    {
      title: 'a branch',
      subject: of('github', [branch], {}, { sample: sampleOf('github', 'classic') }),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    { title: 'a branch, for what writes', subject: of('github', [branch], {}, { access: 'write' }), severity: 'high' },
    {
      title: 'a branch of GitLab',
      subject: of('gitlab', [only('project_id', '20561'), only('ref_path', 'refs/heads/main')]),
    },
  ],
  silent: [
    { title: 'a branch and its pushes', subject: of('github', [branch, only('event_name', 'push')]) },
    {
      title: 'a branch and a workflow file',
      subject: of('github', [
        branch,
        only('job_workflow_ref', 'acme/payments/.github/workflows/deploy.yml@refs/heads/main'),
      ]),
    },
    { title: 'an environment', subject: of('github', [only('sub', 'repo:acme/payments:environment:production')]) },
    {
      title: 'a platform whose subject says the phase',
      subject: of('hcp-terraform', [only('sub', 'organization:acme:project:p:workspace:w:run_phase:apply')]),
    },
  ],
})
