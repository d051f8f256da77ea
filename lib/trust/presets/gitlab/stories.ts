import type { Stories } from '../preset'

const namespace = { namespace: 'other', namespaceId: 'other' } as const
const otherBranch = {
  ...{ refName: { to: 'feature/{refName}' }, refType: { to: 'branch' }, refProtected: { to: 'false' } },
} as const
const withoutEnvironment = {
  ...{ environment: { to: null }, environmentProtected: { to: null }, deploymentTier: { to: null } },
  environmentAction: { to: null },
} as const

export const gitlabStories: Stories = [
  {
    ...{ id: 'other-namespace', title: 'Project of the same name in another group' },
    why: 'Every user of the instance gets tokens of this issuer, and gives projects any name.',
    change: { ...namespace, projectId: 'other' },
    closedBy: ['namespace_id', 'project_id', 'namespace_path', 'project_path', 'sub'],
  },
  {
    ...{ id: 'recycled-namespace', title: 'Group’s path taken by another customer' },
    why: 'A path that was given up or changed can be registered again, with a project of the old name.',
    change: { namespaceId: 'other', projectId: 'other' },
    closedBy: ['namespace_id', 'project_id'],
  },
  {
    ...{ id: 'recreated-project', title: 'Project deleted and created again' },
    why: 'The new project has the old path, and may have other maintainers and no protected branches.',
    change: { projectId: 'other' },
    closedBy: ['project_id'],
  },
  {
    ...{ id: 'other-project', title: 'Another project of the group' },
    why: 'Every project of a group gets tokens, forks and experiments included.',
    change: { project: 'other', projectId: 'other' },
    closedBy: ['project_id', 'project_path', 'sub'],
  },
  {
    ...{ id: 'fork-merge-request', title: 'Merge request from a fork' },
    why: 'Its author wrote the pipeline. project_id names the fork, job_project_id the project in which the job runs.',
    change: {
      ...{ ...namespace, projectId: 'other', ...otherBranch, ...withoutEnvironment },
      ...{ source: { to: 'merge_request_event' }, userId: 'other', userLogin: 'other', userEmail: 'other' },
      ...{ jobNamespace: { to: '{jobNamespace}' }, jobNamespaceId: { to: '{jobNamespaceId}' } },
      ...{ jobProject: { to: '{jobProject}' }, jobProjectId: { to: '{jobProjectId}' } },
    },
    closedBy: ['project_id', 'namespace_id', 'pipeline_source', 'ref_protected', 'project_path', 'sub'],
  },
  {
    ...{ id: 'merge-request', title: 'Merge request' },
    why: 'Its code is not reviewed. Older servers send the target project’s IDs for merge requests from forks, too.',
    change: { ...otherBranch, ...withoutEnvironment, source: { to: 'merge_request_event' } },
    closedBy: ['pipeline_source', 'ref_protected', 'ref_path', 'ref', 'sub'],
  },
  {
    ...{ id: 'other-branch', title: 'Another branch, with a slash in its name' },
    why: 'Every developer pushes branches; only protected ones are reviewed.',
    change: { ...otherBranch, ...withoutEnvironment, source: { to: 'push' } },
    closedBy: ['ref_path', 'ref_protected', 'ref', 'environment', 'sub'],
  },
  {
    ...{ id: 'environment-of-other-branch', title: 'The same environment, named by a job of another branch' },
    why: 'An environment that is not protected takes jobs of every branch.',
    change: { ...otherBranch, environment: { to: '{environment}' }, environmentProtected: { to: 'false' } },
    closedBy: ['environment_protected', 'ref_protected', 'ref_path', 'ref', 'sub'],
  },
  {
    ...{ id: 'tag', title: 'Tag named like the branch' },
    why: 'ref is the same text for a tag and a branch; ref_type and ref_path tell them apart.',
    change: {
      ...{ refType: { to: 'tag' }, refProtected: { to: 'false' } },
      ...{ ...withoutEnvironment, source: { to: 'push' } },
    },
    when: { refType: ['branch'] },
    closedBy: ['ref_path', 'ref_type', 'ref_protected', 'environment', 'sub'],
  },
  {
    ...{ id: 'unprotected', title: 'The branch without its protection' },
    why: 'When the rule of the branch is removed, every developer pushes to it, and nothing else changes.',
    change: { refProtected: { to: 'false' } },
    closedBy: ['ref_protected'],
  },
  {
    ...{ id: 'started-by-hand', title: 'Pipeline started by hand, with variables' },
    why: 'The person who starts it in the web interface sets variables, which change what the pipeline does.',
    change: { source: 'other', userId: 'other', userLogin: 'other', userEmail: 'other' },
    closedBy: ['pipeline_source'],
  },
  {
    ...{ id: 'composed-subject', title: 'Subject with more components' },
    why: 'A maintainer can have the project send more in sub; a pattern that ends with * accepts it.',
    change: { source: 'other' },
    ...{ subject: 'composed', closedBy: ['sub', 'pipeline_source'] },
  },
  {
    ...{ id: 'foreign-pipeline-file', title: 'Pipeline file of another project' },
    why: 'A project can take its pipeline from another project, whose maintainers decide what runs.',
    change: { configProject: 'other', configRef: { to: 'refs/heads/main' } },
    closedBy: ['ci_config_ref_uri'],
  },
  {
    ...{ id: 'self-hosted', title: 'Job on a self-managed runner' },
    why: 'An earlier job on the same machine may have left a process that reads the token.',
    change: { runnerEnvironment: { to: 'self-hosted' }, runnerId: 'other' },
    closedBy: ['runner_environment'],
  },
  {
    ...{ id: 'other-instance', title: 'Another GitLab server with the same paths and IDs' },
    why: 'IDs are counted by each server, so that two servers have the same ones.',
    change: { tokenId: 'other' },
    ...{ issuer: 'https://gitlab.evil.example', hasOtherKeys: true, closedBy: ['iss'] },
  },
  {
    ...{ id: 'usual-audience', title: 'The job’s token for another service' },
    why: 'A service that receives a token with the usual audience could pass it on.',
    change: { tokenId: 'other' },
    ...{ audience: 'https://{host}', closedBy: ['aud'] },
  },
]
