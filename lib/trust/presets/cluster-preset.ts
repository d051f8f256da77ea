import type { z } from 'zod'
import { clusterClaims, clusterFacts, clusterStories } from './cluster-parts'
import { definePreset, type Facts, type Preset } from './preset'

type Input = z.input<typeof Preset>

/** What differs between kinds of Kubernetes clusters. */
export type ClusterKind = Pick<Input, 'id' | 'title' | 'sources' | 'issuers' | 'algorithms'> & {
  /** Facts of the issuer. */
  facts: Facts
  /** The audience that the API server has. */
  usualAudience: string
  /** Stories about another cluster. */
  stories: NonNullable<Input['stories']>
  samples?: Input['samples']
  unverified?: string[]
  notes?: string[]
}

/** Makes the preset of a kind of Kubernetes cluster: service accounts are the same everywhere, issuers are not. */
export const clusterPreset = (kind: ClusterKind): Preset =>
  definePreset({
    id: kind.id,
    title: kind.title,
    family: 'cluster',
    verified: true,
    verifiedOn: '2026-11-28',
    sources: [...kind.sources, 'kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin'],
    unverified: kind.unverified,
    issuers: kind.issuers,
    algorithms: kind.algorithms,
    audience: { isChosen: true, usual: kind.usualAudience, isList: true },
    facts: { ...kind.facts, ...clusterFacts },
    subjects: [{ id: 'usual', title: 'Service account', template: 'system:serviceaccount:{namespace}:{account}' }],
    claims: clusterClaims,
    pins: [['sub'], ['/kubernetes.io/serviceaccount/uid']],
    ruleSets: [
      {
        ...{ id: 'account', title: 'One service account' },
        why: 'The exact account, and its uid, which an account that is created again does not have.',
        rules: [
          { path: 'sub', values: ['system:serviceaccount:{namespace}:{account}'] },
          { path: '/kubernetes.io/serviceaccount/uid', values: ['{accountUid}'] },
        ],
      },
      {
        ...{ id: 'account-name', title: 'One service account by name' },
        why: 'For accounts that are created again, by deployments from scratch for example.',
        rules: [{ path: 'sub', values: ['system:serviceaccount:{namespace}:{account}'] }],
        admits: ['recreated-account'],
      },
    ],
    samples: kind.samples ?? [{ id: 'usual', title: 'Pod with a projected token' }],
    stories: [...clusterStories(kind.usualAudience), ...kind.stories],
    lifetimeSeconds: { usual: 3600, max: 31_536_000 },
    replay: 'unsafe',
    tokenRequest: [
      { title: 'For a try', snippet: 'kubectl create token SA -n NS --audience $AUD --duration 10m' },
      {
        title: 'Volume of a pod',
        snippet:
          'volumes:\n  - name: token\n    projected:\n      sources:\n        - serviceAccountToken: { path: token, audience: $AUD, expirationSeconds: 600 }',
      },
    ],
    notes: [
      ...(kind.notes ?? []),
      'A token with the API server’s audience is also a credential for the cluster: a service that receives it could use it there. Give pods a projected volume with an audience of its own.',
      'The token that is mounted by default lives one year on many clusters, for old clients. A greatest lifetime of an hour refuses it.',
      'Everyone who may create pods in a namespace can use its service accounts.',
      'The account named default is given to every pod that names no other.',
      'A deleted pod’s token is valid until it expires, because only the API server knows what was deleted. Keep lifetimes short.',
      'A pod reads the same token file many times: refusing a second use would break it.',
      'A rule such as system:serviceaccount:*:default admits every namespace.',
    ],
  })
