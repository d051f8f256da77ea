import { defineCases, of, only, plain, rule, sampleOf } from '../cases'

const sample = sampleOf('github')
const jwks = 'https://token.actions.githubusercontent.com/.well-known/jwks'

const branches = (count: number) => Array.from({ length: count }, (_, at) => `repo:acme/web${at}:ref:refs/heads/*`)

export const l02Cases = defineCases({
  rule: 'L02',
  raises: [
    { title: 'no rule', subject: of('github', [], {}, { sample }), path: ['rules'], says: 'evil-corp' },
    {
      title: 'a key set of GitHub and nothing else',
      subject: plain({ issuer: null, rules: [], keys: [{ kind: 'jwks-url', url: jwks }] }),
    },
    {
      title: 'an environment that every repository can name',
      subject: of('github', [only('environment', 'production')], {}, { sample: sampleOf('github', 'environment') }),
    },
    { title: 'a composed subject without an owner', subject: of('github', [only('sub', 'environment:production')]) },
    {
      title: 'any repository of a name',
      subject: of('github', [rule('sub', 'repo:*/payments:ref:refs/heads/main')]),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    {
      title: 'a workflow file that others can call',
      subject: of('github', [only('job_workflow_ref', 'acme/ci/.github/workflows/deploy.yml@refs/heads/main')]),
    },
    { title: 'a group’s name without its end', subject: of('gitlab', [rule('namespace_path', 'acme*')]) },
    {
      title: 'a phase',
      subject: of('hcp-terraform', [only('terraform_run_phase', 'apply')], {}, { sample: sampleOf('hcp-terraform') }),
    },
    {
      title: 'a value behind more patterns than are read',
      subject: of('github', [rule('sub', ...branches(400), 'repo:*')], {}, { sample: sampleOf('github') }),
      says: 'too much work',
    },
    {
      title: 'a pattern that cannot be read in time',
      subject: of('github', [rule('sub', `repo:${'*a'.repeat(400)}`)]),
      path: ['rules', 1, 'matcher', 'values', 0],
      says: 'too much work',
    },
    { title: 'any repository, by another address of the claim', subject: of('github', [rule('/sub', 'repo:*')]) },
  ],
  silent: [
    { title: 'more patterns than are read, below an owner', subject: of('github', [rule('sub', ...branches(400))]) },
    {
      title: 'more patterns than are read, open ones too, beside an id',
      subject: of('github', [rule('sub', ...branches(400), 'repo:*'), only('repository_owner_id', '6154722')]),
    },
    { title: 'an owner, by another address of the claim', subject: of('github', [rule('/sub', 'repo:acme/*')]) },
    {
      title: 'a verified address, of a platform that names no customer',
      subject: of('google', [only('email', 'ci@acme.iam.gserviceaccount.com'), only('email_verified', 'true')]),
    },
    { title: 'ids in a pattern', subject: of('github', [rule('sub', 'repo:o@1/r@2:*')]) },
    { title: 'an owner written out', subject: of('github', [rule('sub', 'repo:acme/*')]) },
    { title: 'a group with all below it', subject: of('gitlab', [rule('sub', 'project_path:acme/*')]) },
    { title: 'a repository by id alone', subject: of('github', [only('repository_id', '966304329')]) },
    { title: 'an owner by id alone', subject: of('github', [only('repository_owner_id', '6154722')]) },
    {
      title: 'an enterprise with an issuer of its own',
      subject: of('github', [], { issuer: 'https://token.actions.githubusercontent.com/acme-group' }),
    },
    {
      title: 'a subject that the issuer never sends',
      subject: of('github', [rule('sub', 'repo:acme/web:refs/heads/main')]),
    },
  ],
})
