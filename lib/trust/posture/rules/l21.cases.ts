import { defineCases, of, only, rule } from '../cases'

const subset = (path: string, ...values: string[]) => ({
  path,
  matcher: { kind: 'subset-of' as const, values },
  whenAbsent: 'refuse' as const,
})

export const l21Cases = defineCases({
  rule: 'L21',
  raises: [
    {
      title: 'yes for the text "true"',
      subject: of('github', [only('repository_id', '966304329'), only('ref_protected', 'yes')]),
      path: ['rules', 2, 'matcher'],
      says: '"true"',
    },
    {
      title: 'a number compared as texts',
      subject: of('gitlab', [
        only('project_id', '20561'),
        only('ref_protected', 'true'),
        subset('runner_id', '12270852'),
      ]),
    },
    {
      title: 'dots read as steps',
      subject: of('kubernetes', [only('kubernetes.io.serviceaccount.uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d')]),
      path: ['rules', 1, 'path'],
    },
    { title: 'a whole object', subject: of('gitlab', [only('job_config', 'x')]) },
  ],
  silent: [
    {
      title: 'the text "true"',
      subject: of('github', [only('repository_id', '966304329'), only('ref_protected', 'true')]),
    },
    {
      title: 'a number by its text',
      subject: of('gitlab', [only('project_id', '20561'), only('runner_id', '12270852')]),
    },
    {
      title: 'a JSON Pointer',
      subject: of('kubernetes', [only('/kubernetes.io/serviceaccount/uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d')]),
    },
    { title: 'a claim that the preset does not know', subject: of('github', [rule('repo_property_team', 'payments')]) },
  ],
})
