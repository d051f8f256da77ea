import { decimalId, host } from './patterns'
import { definePreset } from './preset'

const pathOfJobs = '(?:job/[^/\\x00-\\x20\\x7f]+/)*job/[^/\\x00-\\x20\\x7f]+'

/** Jenkins with the OpenID Connect Provider plugin. */
export const jenkins = definePreset({
  id: 'jenkins',
  title: 'Jenkins',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-29',
  sources: ['jenkinsci/oidc-provider-plugin@023f92e: IdTokenCredentials, IdTokenConfiguration, FolderIssuer'],
  issuers: [
    { id: 'server', title: 'Server', template: 'https://{server}/oidc', isShared: false, isTelling: false },
    {
      id: 'folder',
      title: 'Credential in a folder',
      template: 'https://{server}/{folder}/oidc',
      isShared: false,
    },
    {
      id: 'static',
      title: 'Issuer at another address',
      template: 'https://{server}',
      isShared: false,
      isTelling: false,
    },
  ],
  algorithms: ['RS256', 'ES256', 'ES384', 'ES512'],
  headerTypes: [],
  audience: { isChosen: false },
  facts: {
    server: {
      title: 'Server',
      class: 'name',
      role: 'tenant',
      pattern: `${host}(?:/[A-Za-z0-9._~-]+)?`,
      sample: 'jenkins.acme.example',
      other: 'jenkins.attacker.example',
    },
    folder: {
      title: 'Folder',
      class: 'name',
      role: 'tenant',
      pattern: pathOfJobs,
      sample: 'job/production',
      other: 'job/sandbox',
      usuallyAbsent: true,
    },
    job: {
      title: 'Job',
      class: 'name',
      role: 'workload',
      pattern: pathOfJobs,
      sample: 'job/deploy',
      other: 'job/experiments',
    },
    buildNumber: { title: 'Build', class: 'ephemeral', pattern: decimalId, sample: '42', other: '43' },
  },
  subjects: [
    { id: 'job', title: 'URL of the job', template: 'https://{server}/{job}/' },
    { id: 'global', title: 'Outside of builds', template: 'https://{server}/', form: 'global' },
  ],
  claims: [
    {
      path: 'build_number',
      meaning: 'Build',
      class: 'ephemeral',
      type: 'number',
      from: '{buildNumber}',
      isOptional: true,
    },
  ],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'job',
      title: 'One job',
      why: 'The URL of the job, exact and with the slash at its end.',
      rules: [{ path: 'sub', values: ['https://{server}/{job}/'] }],
    },
  ],
  samples: [
    { id: 'job', title: 'Job' },
    { id: 'branch', title: 'Branch of a multibranch job', facts: { job: 'job/web/job/main' } },
    {
      id: 'folder',
      title: 'Job in a folder with its own credential',
      issuer: 'folder',
      facts: { folder: 'job/production', job: 'job/production/job/deploy' },
    },
  ],
  stories: [
    {
      id: 'job-below',
      title: 'A branch job below the job',
      why: 'A pattern for everything below the URL admits every branch and pull request of a multibranch job.',
      change: { job: { to: '{job}/job/PR-12' } },
      closedBy: ['sub'],
    },
    {
      id: 'other-job',
      title: 'Another job',
      why: 'All jobs of the server share the credential.',
      change: { job: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'longer-name',
      title: 'A job whose name begins with the name',
      why: 'A pattern without the closing slash admits it.',
      change: { job: { to: '{job}-test' } },
      closedBy: ['sub'],
    },
    {
      id: 'outside-builds',
      title: 'The token of the server itself',
      why: 'A global credential used outside of builds has the URL of the server as its subject.',
      subject: 'global',
      claims: { build_number: null },
      closedBy: ['sub'],
    },
    {
      id: 'other-folder',
      title: 'A credential of another folder',
      why: 'Each folder with a credential is an issuer with keys of its own, and its owner writes its jobs.',
      change: { folder: 'other', job: { to: 'job/sandbox/job/deploy' } },
      variants: ['folder'],
      hasOtherKeys: true,
      closedBy: ['iss', 'sub'],
    },
    {
      id: 'other-server',
      title: 'Another server',
      why: 'It is another issuer.',
      change: { server: 'other' },
      variants: ['server', 'folder'],
      hasOtherKeys: true,
      closedBy: ['iss', 'sub'],
    },
  ],
  lifetimeSeconds: { usual: 3600 },
  run: { claim: 'build_number', workload: ['sub'] },
  replay: 'unknown',
  tokenRequest: [
    {
      title: 'Pipeline with an "OpenID Connect id token" credential',
      snippet: "withCredentials([string(credentialsId: 'id-token', variable: 'KEYBOUND_TOKEN')]) { sh './login.sh' }",
    },
  ],
  notes: [
    'Templates of claims are free: text, numbers and booleans may come from variables that the person who starts a build sets.',
    'The audience is a setting of the credential. A new key pair is made when the credential is saved again.',
    'The server is often in a private network: give its CA and allow its address, or publish the key set elsewhere.',
  ],
})
