import { type DemoIssuer, makeIssuer } from './issuer'
import { audience, labels, type Machine } from './machine'

export const githubIssuer = () => makeIssuer('https://token.actions.githubusercontent.com', ['RS256', 'RS256'])

/** Build systems. Values and dangers as in the issuers' own documentation. */
export async function ciMachines(github: DemoIssuer): Promise<Machine[]> {
  const [gitlab, buildkite, terraform, vercel] = await Promise.all([
    makeIssuer('https://gitlab.com', ['RS256']),
    makeIssuer('https://agent.buildkite.com', ['RS256']),
    makeIssuer('https://app.terraform.io', ['RS256']),
    makeIssuer('https://oidc.vercel.com/larkfield', ['RS256']),
  ])
  const githubKeys = 'https://token.actions.githubusercontent.com/.well-known/jwks'
  const workflow = 'larkfield/storefront/.github/workflows/release.yml@refs/heads/main'
  const githubIps: Machine['ips'] = ['192.0.2.14', '192.0.2.77', '192.0.2.131']

  return [
    {
      identity: {
        name: 'ci-release-bot',
        role: 'member',
        metadata: labels({ team: 'storefront', system: 'GitHub Actions', environment: 'production' }),
      },
      createdDaysAgo: 88,
      issuer: github,
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: githubKeys,
          boundIssuer: github.url,
          boundAudiences: audience,
          boundClaims: {
            repository_owner_id: '48120377',
            repository_id: '731904416',
            ref: 'refs/heads/main',
            ref_protected: 'true',
          },
          accessTokenTTL: 900,
          accessTokenMaxTTL: 3600,
        },
      },
      changes: [
        {
          daysAgo: 47,
          by: 'member',
          input: {
            boundClaims: {
              repository_owner_id: '48120377',
              repository_id: '731904416',
              ref: 'refs/heads/main',
              ref_protected: 'true',
              job_workflow_ref: 'larkfield/storefront/.github/workflows/release.yml@*',
            },
          },
        },
      ],
      rhythm: { kind: 'office', perWorkday: 5, perRestDay: 1 },
      lifeSeconds: 300,
      claims: (random) => ({
        aud: audience,
        sub: 'repo:larkfield@48120377/storefront@731904416:ref:refs/heads/main',
        repository: 'larkfield/storefront',
        repository_id: '731904416',
        repository_owner: 'larkfield',
        repository_owner_id: '48120377',
        ref: 'refs/heads/main',
        ref_type: 'branch',
        ref_protected: 'true',
        event_name: 'push',
        workflow: 'release',
        job_workflow_ref: workflow,
        runner_environment: 'github-hosted',
        actor: random.pick(['mlindqvist', 'treyes', 'dependabot[bot]']),
        run_id: String(random.between(11_000_000_000, 11_999_999_999)),
      }),
      mishaps: [
        { chance: 0.06, claims: () => ({ ref: 'refs/heads/fix-checkout', ref_protected: 'false' }) },
        { chance: 0.02, claims: () => ({ aud: 'https://github.com/larkfield' }) },
      ],
      ips: githubIps,
      userAgent: 'curl/8.9.1',
    },
    {
      identity: {
        name: 'ci-preview-bot',
        role: 'no-access',
        metadata: labels({ team: 'storefront', system: 'GitHub Actions', environment: 'preview' }),
      },
      createdDaysAgo: 86,
      issuer: github,
      // Too wide on purpose: any repository of the organization, any branch, any audience, for thirty days.
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: githubKeys,
          boundIssuer: github.url,
          boundSubject: 'repo:larkfield/*',
        },
      },
      rhythm: { kind: 'office', perWorkday: 7, perRestDay: 1 },
      lifeSeconds: 300,
      claims: (random) => {
        const repository = random.pick(['storefront', 'design-system', 'docs'])
        return {
          aud: 'https://github.com/larkfield',
          sub: `repo:larkfield/${repository}:pull_request`,
          repository: `larkfield/${repository}`,
          event_name: 'pull_request',
          ref: `refs/pull/${random.between(100, 990)}/merge`,
          ref_protected: 'false',
        }
      },
      mishaps: [{ chance: 0.05, claims: () => ({ sub: 'repo:another-owner/storefront:pull_request' }) }],
      ips: githubIps,
      userAgent: 'node',
    },
    {
      identity: {
        name: 'docs-publisher',
        role: 'no-access',
        metadata: labels({ team: 'docs', system: 'GitLab CI' }),
      },
      createdDaysAgo: 81,
      issuer: gitlab,
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: 'https://gitlab.com/oauth/discovery/keys',
          boundIssuer: gitlab.url,
          boundAudiences: audience,
          boundClaims: {
            namespace_id: '90417',
            project_id: '5520183',
            ref_path: 'refs/heads/main',
            ref_protected: 'true',
          },
          accessTokenTTL: 600,
          accessTokenMaxTTL: 600,
        },
      },
      rhythm: { kind: 'office', perWorkday: 3, perRestDay: 0 },
      lifeSeconds: 300,
      claims: (random) => ({
        aud: audience,
        sub: 'project_path:larkfield/docs:ref_type:branch:ref:main',
        namespace_id: '90417',
        namespace_path: 'larkfield',
        project_id: '5520183',
        project_path: 'larkfield/docs',
        ref: 'main',
        ref_path: 'refs/heads/main',
        ref_protected: 'true',
        pipeline_source: random.pick(['push', 'schedule', 'web']),
        user_login: 'iokafor',
        pipeline_id: String(random.between(1_500_000_000, 1_599_999_999)),
      }),
      mishaps: [{ chance: 0.08, claims: () => ({ ref_protected: 'false', ref_path: 'refs/heads/typo' }) }],
      ips: ['198.51.100.61', '198.51.100.62'],
      userAgent: 'curl/8.5.0',
    },
    {
      identity: {
        name: 'mobile-signing',
        role: 'no-access',
        metadata: labels({ team: 'mobile', system: 'Buildkite' }),
      },
      createdDaysAgo: 74,
      issuer: buildkite,
      // Names only: a slug can be given up and taken by another owner.
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: 'https://agent.buildkite.com/.well-known/jwks',
          boundIssuer: buildkite.url,
          boundAudiences: audience,
          boundClaims: { organization_slug: 'larkfield', pipeline_slug: 'mobile-*' },
          accessTokenTTL: 3600,
          accessTokenMaxTTL: 86_400,
        },
      },
      rhythm: { kind: 'office', perWorkday: 3, perRestDay: 0 },
      lifeSeconds: 300,
      claims: (random) => {
        const pipeline = random.pick(['mobile-ios', 'mobile-android'])
        return {
          aud: audience,
          sub: `organization:larkfield:pipeline:${pipeline}:ref:refs/heads/main:commit:0f3c9a:step:sign`,
          organization_slug: 'larkfield',
          pipeline_slug: pipeline,
          build_branch: 'main',
          build_number: random.between(2_000, 4_000),
          build_source: 'webhook',
          runner_environment: 'self-hosted',
        }
      },
      // The agent waits in a queue and its five-minute token runs out.
      mishaps: [{ chance: 0.07, claims: (now) => ({ iat: now - 640, exp: now - 340 }) }],
      ips: ['203.0.113.40'],
      userAgent: 'buildkite-agent/3.91.0',
    },
    {
      identity: {
        name: 'terraform-apply',
        role: 'member',
        hasDeleteProtection: true,
        metadata: labels({ team: 'platform', system: 'HCP Terraform', environment: 'production' }),
      },
      createdDaysAgo: 84,
      issuer: terraform,
      attachment: {
        method: 'jwt',
        input: {
          configurationType: 'jwks',
          jwksUrl: 'https://app.terraform.io/.well-known/jwks',
          boundIssuer: terraform.url,
          boundAudiences: audience,
          boundClaims: {
            terraform_organization_id: 'org-7Yb2kQmW4sTnVdLx',
            terraform_workspace_id: 'ws-Qz81LmRtXc05BnHa',
            terraform_run_phase: 'apply',
          },
          accessTokenTTL: 1200,
          accessTokenMaxTTL: 1200,
          accessTokenNumUsesLimit: 50,
        },
      },
      rhythm: { kind: 'office', perWorkday: 2, perRestDay: 0 },
      lifeSeconds: 1800,
      claims: (random) => ({
        aud: audience,
        sub: 'organization:larkfield:project:Default Project:workspace:production:run_phase:apply',
        terraform_organization_id: 'org-7Yb2kQmW4sTnVdLx',
        terraform_organization_name: 'larkfield',
        terraform_workspace_id: 'ws-Qz81LmRtXc05BnHa',
        terraform_workspace_name: 'production',
        terraform_run_phase: 'apply',
        terraform_run_id: `run-${random.between(100_000, 999_999)}`,
      }),
      mishaps: [{ chance: 0.18, claims: () => ({ terraform_run_phase: 'plan' }) }],
      ips: ['192.0.2.201', '192.0.2.202'],
      userAgent: 'Go-http-client/2.0',
    },
    {
      identity: {
        name: 'storefront-preview',
        role: 'no-access',
        metadata: labels({ team: 'storefront', system: 'Vercel' }),
      },
      createdDaysAgo: 52,
      issuer: vercel,
      // No environment is bound, so preview and development deployments get in as well.
      attachment: {
        method: 'oidc',
        input: {
          oidcDiscoveryUrl: vercel.url,
          boundIssuer: vercel.url,
          boundClaims: { owner_id: 'team_4fK2hYpTqN' },
          claimMetadataMapping: { environment: 'environment' },
          accessTokenTTL: 86_400,
          accessTokenMaxTTL: 604_800,
        },
      },
      rhythm: { kind: 'office', perWorkday: 3, perRestDay: 1 },
      lifeSeconds: 3600,
      claims: (random) => {
        const environment = random.pick(['preview', 'preview', 'production', 'development'])
        return {
          aud: 'https://vercel.com/larkfield',
          sub: `owner:larkfield:project:storefront:environment:${environment}`,
          owner: 'larkfield',
          owner_id: 'team_4fK2hYpTqN',
          project: 'storefront',
          project_id: 'prj_x8Vb2Lm0',
          environment,
        }
      },
      mishaps: [{ chance: 0.03, claims: () => ({ owner_id: undefined }) }],
      ips: ['198.51.100.140', '198.51.100.141'],
      userAgent: 'node',
    },
  ]
}
