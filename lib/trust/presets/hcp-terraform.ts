import { type Claims, definePreset, type Facts, type Stories } from './preset'

const name = '[A-Za-z0-9_-]+'
const fullWorkspace = 'organization:{organization}:project:{project}:workspace:{workspace}'

const facts: Facts = {
  organization: {
    ...{ title: 'Organization', class: 'name', role: 'tenant', pattern: name },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  organizationId: {
    ...{ title: 'ID of the organization', class: 'id', role: 'tenant', pattern: 'org-[A-Za-z0-9]+' },
    ...{ sample: 'org-GRNbCjYNpBB6NEH9', other: 'org-x7Kq2ZpVwLm4sTr8' },
  },
  project: {
    ...{ title: 'Project', class: 'name', role: 'workload', pattern: '[A-Za-z0-9_-](?:[A-Za-z0-9_ -]*[A-Za-z0-9_-])?' },
    ...{ sample: 'Default Project', other: 'Sandbox' },
  },
  projectId: {
    ...{ title: 'ID of the project', class: 'id', role: 'workload', pattern: 'prj-[A-Za-z0-9]+' },
    ...{ sample: 'prj-vegSA59s1XPwMr2t', other: 'prj-Hq3wRt6yUi9oPa2s' },
  },
  workspace: {
    ...{ title: 'Workspace', class: 'name', role: 'workload', pattern: name },
    ...{ sample: 'payments-prod', other: 'playground' },
  },
  workspaceId: {
    ...{ title: 'ID of the workspace', class: 'id', role: 'workload', pattern: 'ws-[A-Za-z0-9]+' },
    ...{ sample: 'ws-mbsd5E3Ktt5Rg2Xm', other: 'ws-Lk8jHg5fDs2aQw1e' },
  },
  phase: {
    ...{ title: 'Phase of the run', class: 'gate', pattern: '[a-z_]+' },
    ...{ sample: 'apply', other: 'plan' },
  },
  runId: {
    ...{ title: 'ID of the run', class: 'ephemeral', pattern: 'run-[A-Za-z0-9]+' },
    ...{ sample: 'run-X3n1AUXNGWbfECsJ', other: 'run-B6v2CxZaSdFgHjKl' },
  },
  module: {
    ...{ title: 'Module', class: 'name', role: 'workload', pattern: name, usuallyAbsent: true },
    ...{ sample: 'terraform-aws-vpc', other: 'terraform-aws-eks' },
  },
  stack: {
    ...{ title: 'Stack', class: 'name', role: 'workload', pattern: name, usuallyAbsent: true },
    ...{ sample: 'network', other: 'sandbox' },
  },
  deployment: {
    ...{ title: 'Deployment of the stack', class: 'name', pattern: name, usuallyAbsent: true },
    ...{ sample: 'production', other: 'development' },
  },
  host: {
    ...{ title: 'Host of Terraform Enterprise', class: 'name', role: 'tenant', pattern: '[a-z0-9.-]+(?::\\d+)?' },
    ...{ sample: 'tfe.acme.example', other: 'tfe.evil.example', usuallyAbsent: true },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: '[0-9a-f-]{36}' },
    ...{ sample: '1192426d-b525-4fde-9d42-f238be437bbd', other: 'c1d2e3f4-0a1b-4c2d-8e3f-405162738495' },
  },
}

const claims: Claims = [
  {
    ...{ path: 'terraform_organization_id', class: 'id', role: 'tenant', from: '{organizationId}' },
    meaning: 'ID of the organization.',
  },
  {
    ...{ path: 'terraform_organization_name', class: 'name', role: 'tenant', from: '{organization}' },
    ...{ id: 'terraform_organization_id', meaning: 'Name of the organization. It can be changed.' },
  },
  {
    ...{ path: 'terraform_project_id', class: 'id', role: 'workload', from: '{projectId}', isOptional: true },
    meaning: 'ID of the project.',
  },
  {
    ...{ path: 'terraform_project_name', class: 'name', role: 'workload', from: '{project}', isOptional: true },
    ...{ id: 'terraform_project_id', meaning: 'Name of the project. It can be changed, and may hold blanks.' },
  },
  {
    ...{ path: 'terraform_workspace_id', class: 'id', role: 'workload', from: '{workspaceId}', isOptional: true },
    meaning: 'ID of the workspace.',
  },
  {
    ...{ path: 'terraform_workspace_name', class: 'name', role: 'workload', from: '{workspace}', isOptional: true },
    ...{ id: 'terraform_workspace_id', meaning: 'Name of the workspace. It can be changed.' },
  },
  {
    ...{ path: 'terraform_full_workspace', class: 'name', role: 'workload', from: fullWorkspace, isOptional: true },
    ...{
      id: 'terraform_workspace_id',
      meaning: 'Organization, project and workspace by name: the subject without its phase.',
    },
  },
  {
    ...{ path: 'terraform_run_phase', class: 'gate', from: '{phase}', isOptional: true },
    meaning: 'plan or apply. A plan runs code of every person who can propose a change.',
  },
  {
    ...{ path: 'terraform_run_id', class: 'ephemeral', from: '{runId}', isOptional: true },
    meaning: 'ID of the run.',
  },
  { path: 'jti', class: 'ephemeral', from: '{tokenId}', meaning: 'ID of the token.' },
]

const withoutWorkspace = {
  ...{ project: { to: null }, projectId: { to: null }, workspace: { to: null }, workspaceId: { to: null } },
  ...{ phase: { to: null }, runId: { to: null } },
} as const

const stories: Stories = [
  {
    ...{ id: 'other-organization', title: 'Workspace of the same name in another organization' },
    why: 'Every customer gets tokens of this issuer, and gives projects and workspaces any name.',
    change: { organization: 'other', organizationId: 'other', projectId: 'other', workspaceId: 'other' },
    closedBy: ['terraform_organization_id', 'terraform_workspace_id', 'terraform_organization_name', 'sub'],
  },
  {
    ...{ id: 'recycled-organization', title: 'Organization’s name taken by another customer' },
    why: 'A name that was given up or changed can be registered again, with projects and workspaces of the old names.',
    change: { organizationId: 'other', projectId: 'other', workspaceId: 'other' },
    closedBy: ['terraform_organization_id', 'terraform_workspace_id'],
  },
  {
    ...{ id: 'recreated-workspace', title: 'Workspace deleted and created again' },
    why: 'The new workspace has the old name, and may have other members and other code.',
    change: { workspaceId: 'other' },
    closedBy: ['terraform_workspace_id'],
  },
  {
    ...{ id: 'workspace-prefix', title: 'Workspace whose name begins the same' },
    why: 'A prefix that ends inside a name admits every longer name: payments-prod also admits payments-prod-x.',
    change: { workspace: { to: '{workspace}-x' }, workspaceId: 'other' },
    closedBy: ['terraform_workspace_id', 'terraform_workspace_name', 'sub'],
  },
  {
    ...{ id: 'other-workspace', title: 'Another workspace of the project' },
    why: 'Every workspace of the organization gets tokens.',
    change: { workspace: 'other', workspaceId: 'other' },
    closedBy: ['terraform_workspace_id', 'terraform_workspace_name', 'sub'],
  },
  {
    ...{ id: 'other-project', title: 'Workspace of the same name in another project' },
    why: 'Members of other projects name workspaces as they like.',
    change: { project: 'other', projectId: 'other', workspaceId: 'other' },
    closedBy: ['terraform_project_id', 'terraform_workspace_id', 'terraform_project_name', 'sub'],
  },
  {
    ...{ id: 'plan', title: 'Plan instead of apply' },
    why: 'A speculative plan runs for a pull request before its review, and its code can use the token.',
    change: { phase: { to: 'plan' } },
    closedBy: ['terraform_run_phase', 'sub'],
  },
  {
    ...{ id: 'module-test', title: 'Test of a module' },
    why: 'Tests of the organization’s modules get tokens without a project and a workspace.',
    change: { ...withoutWorkspace, module: { to: 'terraform-aws-vpc' } },
    closedBy: ['terraform_workspace_id', 'terraform_project_id', 'terraform_run_phase', 'sub'],
  },
  {
    ...{ id: 'stack', title: 'Deployment of a stack' },
    why: 'Stacks of the same project get tokens without a workspace.',
    change: {
      ...{ workspace: { to: null }, workspaceId: { to: null }, runId: { to: null } },
      ...{ stack: { to: 'network' }, deployment: { to: 'production' } },
    },
    closedBy: ['terraform_workspace_id', 'sub'],
  },
  {
    ...{ id: 'other-server', title: 'Terraform Enterprise with the same names' },
    why: 'Its tokens have the same claims; its administrators choose every name.',
    change: { organizationId: 'other', projectId: 'other', workspaceId: 'other' },
    ...{ issuer: 'https://tfe.evil.example', hasOtherKeys: true, closedBy: ['iss', 'terraform_organization_id'] },
  },
  {
    ...{ id: 'usual-audience', title: 'The run’s token for another service' },
    why: 'A service that receives a token for AWS could pass it on.',
    change: { tokenId: 'other' },
    ...{ audience: 'aws.workload.identity', closedBy: ['aud'] },
  },
]

const ids = [
  { path: 'terraform_organization_id', values: ['{organizationId}'] },
  { path: 'terraform_project_id', values: ['{projectId}'] },
  { path: 'terraform_workspace_id', values: ['{workspaceId}'] },
]

export const hcpTerraform = definePreset({
  id: 'hcp-terraform',
  title: 'HCP Terraform and Terraform Enterprise',
  family: 'deployment',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'hashicorp/terraform-docs-common@0ac64a4 workload-identity-tokens',
    'hashicorp/terraform-dynamic-credentials-setup-examples@0a4d89a',
  ],
  unverified: ['Subject and claims of stacks.', 'Claims of module tests beside the organization’s.'],
  issuers: [
    { id: 'shared', title: 'HCP Terraform', template: 'https://app.terraform.io', isShared: true },
    { id: 'europe', title: 'HCP Terraform Europe', template: 'https://app.eu.terraform.io', isShared: true },
    {
      ...{ id: 'enterprise', title: 'Terraform Enterprise', template: 'https://{host}', isShared: false },
      isTelling: false,
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'aws.workload.identity' },
  facts,
  subjects: [
    { id: 'run', title: 'Run of a workspace', template: `${fullWorkspace}:run_phase:{phase}` },
    {
      ...{ id: 'module', title: 'Test of a module' },
      template: 'organization:{organization}:module:{module}:operation:test_run',
    },
    {
      ...{ id: 'stack', title: 'Deployment of a stack' },
      template: 'organization:{organization}:project:{project}:stack:{stack}:deployment:{deployment}:operation:{phase}',
    },
  ],
  claims,
  pins: [['terraform_organization_id', 'terraform_workspace_id'], ['sub']],
  ruleSets: [
    {
      ...{ id: 'apply', title: 'Apply of one workspace' },
      why: 'One workspace by its IDs, and only when an approved change is applied.',
      rules: [...ids, { path: 'terraform_run_phase', values: ['apply'] }],
    },
    {
      ...{ id: 'plan', title: 'Plan of one workspace, for read access', sample: 'plan' },
      why: 'A plan may run code that is not reviewed. Give this trust nothing that writes.',
      rules: [...ids, { path: 'terraform_run_phase', values: ['plan'] }],
    },
  ],
  samples: [
    { id: 'apply', title: 'Apply' },
    { id: 'plan', title: 'Plan', facts: { phase: 'plan' } },
    {
      ...{ id: 'module-test', title: 'Test of a module' },
      facts: {
        ...{ project: null, projectId: null, workspace: null, workspaceId: null, phase: null, runId: null },
        module: 'terraform-aws-vpc',
      },
    },
  ],
  stories,
  lifetimeSeconds: { usual: 3600, max: 86_400 },
  run: { claim: 'terraform_run_id', workload: ['terraform_workspace_id'] },
  replay: 'safe',
  tokenRequest: [
    {
      title: 'Variable of the workspace; the run has $TFC_WORKLOAD_IDENTITY_TOKEN',
      snippet: 'TFC_WORKLOAD_IDENTITY_AUDIENCE=$AUD',
    },
  ],
  notes: [
    'The issuer is shared by all organizations: without a rule on the organization, every customer is admitted.',
    'The names of organization, project and workspace can be changed and taken by others; the IDs cannot.',
    'Project names may hold blanks: organization:acme:project:Default Project:workspace:…',
    'A pattern such as organization:acme:* also admits tests of modules and speculative plans.',
    'A pattern that ends in a workspace’s name without a colon also admits longer names. HashiCorp’s own example for Google Cloud has that fault.',
    'run_phase:* lets a plan do what only an apply should.',
    'A token lives as long as the plan or apply may take.',
  ],
})
