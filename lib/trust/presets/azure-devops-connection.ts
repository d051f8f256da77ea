import { uuid } from './patterns'
import { definePreset } from './preset'

const name = '[^/\\x00-\\x1f\\x7f]+'
const code = '[A-Za-z0-9_-]+'

/** Azure DevOps service connections with workload identity federation. */
export const azureDevopsConnection = definePreset({
  id: 'azure-devops-connection',
  title: 'Azure DevOps service connection',
  family: 'ci',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: [
    'microsoft/terraform-provider-azuredevops issue 1361',
    'GoogleCloudPlatform/cloud-foundation-fabric@11c1d24 devops-azure-wif/project.yaml',
    'gravitational/teleport RFD 211: a real token of the older form',
  ],
  unverified: [
    'The parts of the subject before /sc/',
    'Claims beside iss, sub and aud in tokens of connections made since April 2025',
    'Lifetime of tokens of connections made since April 2025',
  ],
  issuers: [
    {
      id: 'entra',
      title: 'Connections since April 2025',
      template: 'https://login.microsoftonline.com/{tenant}/v2.0',
      isShared: false,
    },
    {
      id: 'organization',
      title: 'Older connections',
      template: 'https://vstoken.dev.azure.com/{organizationId}',
      isShared: false,
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: false, usual: '{audience}' },
  facts: {
    audience: {
      title: 'Audience',
      class: 'gate',
      pattern: '(?:fb60f99c-7a34-4190-8149-302f77469936|api://AzureADTokenExchange)',
      sample: 'fb60f99c-7a34-4190-8149-302f77469936',
      other: 'api://AzureADTokenExchange',
    },
    tenant: {
      title: 'Entra tenant',
      class: 'id',
      role: 'tenant',
      pattern: uuid,
      sample: '7f3a1c52-6d0b-4b8e-9c41-2a5d8e7f6b10',
      other: 'e2b4d6f8-1a3c-4e5f-8a9b-0c1d2e3f4a5b',
    },
    tenantCode: {
      title: 'Entra tenant, encoded',
      class: 'id',
      role: 'tenant',
      pattern: code,
      sample: 'Uhw6fwttjkucQSpdjn9rEA',
      other: '-Na04jwaX06KmwwdLj9KWw',
    },
    applicationCode: {
      title: 'Application, encoded',
      class: 'id',
      pattern: code,
      sample: 'n_lg-3QqkEGBSTAvd0aZNg',
      other: 'AAECAwQFBgcICQoLDA0ODw',
    },
    objectId: {
      title: 'Service principal of Azure DevOps',
      class: 'id',
      pattern: uuid,
      sample: '3d5c7b9a-8e6f-4a2b-b1c0-9d8e7f6a5b4c',
      other: '5a4b3c2d-1e0f-4987-8654-3210fedcba98',
    },
    organizationId: {
      title: 'Organization ID',
      class: 'id',
      role: 'tenant',
      pattern: uuid,
      sample: '0ca3ddd9-f0b0-4635-a98c-5866526961b6',
      other: 'b5a0e6c1-77d2-4e0f-9a3c-2f1d8e6b4a90',
    },
    connectionId: {
      title: 'Connection ID',
      class: 'id',
      role: 'workload',
      pattern: uuid,
      sample: '53042db8-a477-44c2-aca4-720bab67ad33',
      other: '0f1e2d3c-4b5a-4968-8776-655443322110',
    },
    organization: {
      title: 'Organization',
      class: 'name',
      role: 'tenant',
      pattern: '[A-Za-z0-9][A-Za-z0-9-]*',
      sample: 'acme',
      other: 'mallory',
      usuallyAbsent: true,
    },
    project: {
      title: 'Project',
      class: 'name',
      role: 'workload',
      pattern: name,
      sample: 'platform',
      other: 'sandbox',
      usuallyAbsent: true,
    },
    connection: {
      title: 'Connection',
      class: 'name',
      role: 'workload',
      pattern: name,
      sample: 'production',
      other: 'playground',
      usuallyAbsent: true,
    },
  },
  subjects: [
    {
      id: 'ids',
      title: 'Connections since April 2025',
      template: '/eid1/c/pub/t/{tenantCode}/a/{applicationCode}/sc/{organizationId}/{connectionId}',
    },
    {
      id: 'names',
      title: 'Older connections',
      template: 'sc://{organization}/{project}/{connection}',
      form: 'names',
      isLegacy: true,
    },
  ],
  claims: [
    { path: 'tid', meaning: 'Entra tenant', class: 'id', role: 'tenant', from: '{tenant}', isOptional: true },
    {
      path: 'oid',
      meaning: 'Service principal of Azure DevOps, the same for every connection of the tenant',
      class: 'id',
      from: '{objectId}',
      isOptional: true,
    },
    {
      path: 'jti',
      meaning: 'Token',
      class: 'ephemeral',
      example: '53042db8-a477-44c2-aca4-720bab67ad33',
      isOptional: true,
    },
  ],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'connection',
      title: 'One connection',
      why: 'The subject ends with the IDs of organization and connection.',
      rules: [
        {
          path: 'sub',
          values: ['/eid1/c/pub/t/{tenantCode}/a/{applicationCode}/sc/{organizationId}/{connectionId}'],
        },
      ],
    },
    {
      id: 'older-connection',
      title: 'One older connection',
      why: 'Its subject has names only. Convert the connection to get IDs.',
      rules: [{ path: 'sub', values: ['sc://{organization}/{project}/{connection}'] }],
      sample: 'older',
    },
  ],
  samples: [
    { id: 'connection', title: 'Connection made since April 2025' },
    {
      id: 'older',
      title: 'Older connection',
      issuer: 'organization',
      subject: 'names',
      facts: {
        audience: 'api://AzureADTokenExchange',
        tenant: null,
        tenantCode: null,
        applicationCode: null,
        objectId: null,
        connectionId: null,
        organization: 'acme',
        project: 'platform',
        connection: 'production',
      },
    },
  ],
  stories: [
    {
      id: 'other-connection',
      title: 'Another connection of the organization',
      why: 'It has the same issuer, audience, tid and oid.',
      change: { connectionId: 'other' },
      variants: ['entra'],
      closedBy: ['sub'],
    },
    {
      id: 'other-connection-name',
      title: 'Another connection of the project',
      why: 'It has the same issuer and audience.',
      change: { connection: 'other' },
      variants: ['organization'],
      closedBy: ['sub'],
    },
    {
      id: 'other-project',
      title: 'A connection of the same name in another project',
      why: 'Names of connections are unique in a project only.',
      change: { project: 'other' },
      variants: ['organization'],
      closedBy: ['sub'],
    },
    {
      id: 'other-organization',
      title: 'Another organization of the tenant',
      why: 'Organizations of one Entra tenant share the issuer.',
      change: { organizationId: 'other', connectionId: 'other' },
      variants: ['entra'],
      closedBy: ['sub'],
    },
    {
      id: 'other-tenant',
      title: 'A stranger’s tenant',
      why: 'Entra signs for all tenants with shared keys.',
      change: { tenant: 'other', tenantCode: 'other', organizationId: 'other', connectionId: 'other' },
      variants: ['entra'],
      closedBy: ['iss', 'sub', 'tid'],
    },
  ],
  replay: 'unknown',
  mustNotBe: ['entra-managed-identity', 'azure-devops-pipeline'],
  tokenRequest: [
    {
      title: 'Task with the service connection as input',
      snippet:
        'curl -sX POST -H "Content-Length: 0" -H "Authorization: Bearer $SYSTEM_ACCESSTOKEN" "$SYSTEM_OIDCREQUESTURI?api-version=7.1&serviceConnectionId=$CONNECTION_ID" | jq -r .oidcToken',
    },
  ],
  notes: [
    'oid names the application Azure DevOps, so a rule for oid alone admits every connection of the tenant.',
    'The token does not say which pipeline used the connection. Restrict that in Azure DevOps.',
  ],
})
