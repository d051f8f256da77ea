import { presetOf } from '../../presets'
import { defineCases, of, only, ownAudience, plain, rule, sampleOf, trustOf } from '../cases'

const jwks = 'https://token.actions.githubusercontent.com/.well-known/jwks'

export const l01Cases = defineCases({
  rule: 'L01',
  raises: [
    {
      title: 'issuer and audience alone',
      subject: of('github', [], {}, { sample: sampleOf('github') }),
      path: ['rules'],
    },
    {
      title: 'a key set of GitHub and nothing else',
      subject: plain({ issuer: null, rules: [], keys: [{ kind: 'jwks-url', url: jwks }] }),
    },
    { title: 'an issuer of one’s own, and its audience', subject: plain({ rules: [rule('aud', ownAudience)] }) },
    {
      title: 'a token that says little beside its subject',
      subject: plain(
        { rules: [rule('aud', ownAudience)] },
        { sample: { iss: 'https://login.acme.dev', aud: ownAudience, sub: 'deployer' } },
      ),
    },
    {
      title: 'a subject that may be anything',
      subject: plain({ rules: [rule('aud', ownAudience), rule('sub', '*')] }),
    },
    ...['{*,x}', '{?*,a}'].map((text) => ({
      title: `a subject that may be anything, written as ${text}`,
      subject: plain({ rules: [rule('aud', ownAudience), rule('sub', text)] }),
    })),
    {
      title: 'a subject that may be missing',
      subject: plain({ rules: [{ ...rule('sub', 'deployer'), whenAbsent: 'allow' }] }),
    },
    { title: 'how the job ran', subject: of('github', [rule('ref_protected', 'true'), rule('event_name', 'push')]) },
    ...['/aud', 'aud.0', '/aud/0', '/iss', '/typ', '/scope'].map((path) => ({
      title: `a claim that names no workload, by the address ${path}`,
      subject: plain({ rules: [rule('aud', ownAudience), rule(path, 'x')] }),
    })),
    { title: 'who started it', subject: of('github', [rule('actor', 'alice')]) },
    {
      title: 'a trust for an issuer that strangers share',
      subject: {
        policy: trustOf(
          { issuer: 'https://token.actions.githubusercontent.com', rules: [rule('aud', ownAudience)] },
          'issuer',
        ),
        preset: presetOf('github'),
      },
    },
  ],
  silent: [
    { title: 'a subject', subject: plain() },
    { title: 'a subject with a group', subject: plain({ rules: [rule('aud', ownAudience), rule('sub', '{a,b}-x')] }) },
    { title: 'a subject, by its pointer', subject: plain({ rules: [rule('aud', ownAudience), rule('/sub', 'x')] }) },
    { title: 'a repository by id, without a subject', subject: of('github', [only('repository_id', '966304329')]) },
    { title: 'an owner by id, without a subject', subject: of('github', [only('repository_owner_id', '6154722')]) },
    {
      title: 'a client of one’s own issuer',
      subject: plain({ rules: [rule('aud', ownAudience), rule('client_id', 'ci')] }),
    },
    {
      title: 'an account by uid',
      subject: of('kubernetes', [only('/kubernetes.io/serviceaccount/uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d')]),
    },
    {
      title: 'a trust for an issuer of one’s own, whose every subject is meant',
      subject: { policy: trustOf({ rules: [rule('aud', ownAudience)] }, 'issuer'), preset: null },
    },
    {
      title: 'a subject that the issuer never sends',
      subject: of('github', [rule('sub', 'repo:acme/web:refs/heads/main')]),
    },
  ],
})
