import { defineCases, of, only, ownAudience, plain, rule } from '../cases'

const bound = (...values: string[]) =>
  plain({ rules: [rule('aud', ...values), rule('sub', 'deployer')] }, { ownAudience })
const raising = (value: string) => ({ title: value, subject: bound(value), path: ['rules', 0, 'matcher', 'values', 0] })

export const l08Cases = defineCases({
  rule: 'L08',
  raises: [
    { title: 'no audience', subject: plain({ rules: [rule('sub', 'deployer')] }, { ownAudience }), path: ['rules'] },
    {
      title: 'an audience that may be missing',
      subject: plain({ rules: [{ ...rule('aud', ownAudience), whenAbsent: 'allow' }] }),
    },
    raising('sts.amazonaws.com'),
    raising('api://AzureADTokenExchange'),
    raising('https://github.com/acme'),
    raising('https://gitlab.com'),
    raising('https://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/p/providers/q'),
    raising('https://kubernetes.default.svc.cluster.local'),
    raising('vault'),
    raising('account'),
    raising('*'),
    raising('https://*'),
    { title: 'two audiences of others', subject: bound('sts.amazonaws.com', 'vault') },
    { title: 'denials alone', subject: bound('!https://other.dev') },
    {
      title: 'a claim that does not say for whom it is',
      subject: of('cognito', [only('sub', '1')], { rules: [only('aud', ownAudience)] }),
    },
  ],
  silent: [
    { title: 'an audience of our own', subject: bound(ownAudience) },
    { title: 'our own beside another, while jobs are changed', subject: bound('sts.amazonaws.com', ownAudience) },
    { title: 'an audience that only begins like another', subject: bound('vault.acme.dev') },
    { title: 'paths of our own', subject: bound('https://id.acme.dev/*') },
    {
      title: 'an audience that the issuer sets',
      subject: of('azure-devops-connection', [only('sub', '1')], {
        rules: [only('aud', 'fb60f99c-7a34-4190-8149-302f77469936')],
      }),
    },
    {
      title: 'the client at an issuer that names no audience',
      subject: of('cognito', [only('sub', '1')], { rules: [only('client_id', '4qf2example')] }),
    },
  ],
})
