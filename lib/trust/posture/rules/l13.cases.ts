import { defineCases, of, only, rule, sampleOf } from '../cases'

const sample = sampleOf('github')
const ids = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]
const first = ['rules', 1, 'matcher', 'values', 0]
const file = only('job_workflow_ref', 'acme/payments/.github/workflows/deploy.yml@refs/heads/main')

export const l13Cases = defineCases({
  rule: 'L13',
  raises: [
    {
      title: 'a repository with all that is in it',
      subject: of('github', [rule('sub', 'repo:o/r:*')], {}, { sample }),
      path: first,
    },
    {
      title: 'the same with ids',
      subject: of('github', [rule('sub', 'repo:acme@6154722/payments@966304329:*')], {}, { sample }),
      path: first,
    },
    { title: 'an owner', subject: of('github', [rule('sub', 'repo:acme/*')]), path: first },
    { title: 'ids alone', subject: of('github', ids, {}, { sample }), path: ['rules', 1] },
    { title: 'an owner’s id alone', subject: of('github', [only('repository_owner_id', '6154722')]) },
    { title: 'every branch', subject: of('github', [...ids, rule('ref', 'refs/heads/*')]) },
    {
      title: 'the production environment of every repository',
      subject: of('github', [rule('sub', 'repo:acme/*:environment:production')]),
    },
    {
      title: 'a workflow file at every reference',
      subject: of('github', [...ids, rule('job_workflow_ref', 'acme/payments/.github/workflows/deploy.yml@*')]),
    },
    {
      title: 'a runner that is not self-hosted',
      subject: of('github', [...ids, only('runner_environment', 'github-hosted')]),
    },
    { title: 'every listed kind of reference', subject: of('github', [...ids, only('ref_type', 'branch', 'tag')]) },
    { title: 'an organization of HCP Terraform', subject: of('hcp-terraform', [rule('sub', 'organization:acme:*')]) },
    {
      title: 'every workspace of a project',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:*:run_phase:apply')]),
    },
    { title: 'a project of GitLab', subject: of('gitlab', [rule('sub', 'project_path:acme/web:*')]) },
    { title: 'every reference that ends in main', subject: of('github', [rule('sub', 'repo:acme/payments:*main')]) },
    { title: 'every deployment of a Vercel project', subject: of('vercel', [rule('sub', 'owner:acme:project:web:*')]) },
  ],
  silent: [
    {
      title: 'a service account by its address',
      subject: of('google', [only('email', 'ci@acme.iam.gserviceaccount.com'), only('email_verified', 'true')]),
    },
    {
      title: 'a workspace with plan and apply, which L58 is about',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:w:*')]),
    },
    { title: 'an environment', subject: of('github', [rule('sub', 'repo:acme/payments:environment:production')]) },
    { title: 'a branch', subject: of('github', [rule('sub', 'repo:acme/payments:ref:refs/heads/main')]) },
    { title: 'ids and an event', subject: of('github', [...ids, only('event_name', 'push')]) },
    { title: 'ids and a workflow file at a reference', subject: of('github', [...ids, file]) },
    {
      title: 'an owner and a workflow file that any of its repositories may call',
      subject: of('github', [only('repository_owner_id', '6154722'), file]),
    },
    {
      title: 'a wildcard beside ids and an environment',
      subject: of('github', [rule('sub', 'repo:acme/payments:*'), only('environment', 'production')]),
    },
    {
      title: 'a workspace and its apply',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:w:run_phase:apply')]),
    },
    {
      title: 'a protected branch of GitLab',
      subject: of('gitlab', [only('project_id', '20561'), only('ref_protected', 'true')]),
    },
    {
      title: 'a subject that the issuer never sends',
      subject: of('github', [rule('sub', 'repo:acme/payments:refs/heads/*')]),
    },
  ],
})
