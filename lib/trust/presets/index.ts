import { activestate } from './activestate'
import { aks } from './aks'
import { auth0 } from './auth0'
import { awsOutbound } from './aws-outbound'
import { azureDevopsConnection } from './azure-devops-connection'
import { azureDevopsPipeline } from './azure-devops-pipeline'
import { bitbucket } from './bitbucket'
import { buddy } from './buddy'
import { buildkite } from './buildkite'
import { chainguard } from './chainguard'
import { circleci } from './circleci'
import { clerk } from './clerk'
import { cloudflareAccess } from './cloudflare-access'
import { codefresh } from './codefresh'
import { cognito } from './cognito'
import { depotCi } from './depot-ci'
import { depotPublicActions } from './depot-public-actions'
import { eks } from './eks'
import { entraManagedIdentity } from './entra-managed-identity'
import { env0 } from './env0'
import { firebase } from './firebase'
import { fly } from './fly'
import { forgejo } from './forgejo'
import { generic } from './generic'
import { ghes } from './ghes'
import { github } from './github'
import { gitlab } from './gitlab'
import { gke } from './gke'
import { google } from './google'
import { harness } from './harness'
import { hcpTerraform } from './hcp-terraform'
import { idJag } from './id-jag'
import { jenkins } from './jenkins'
import { kaggle } from './kaggle'
import { keycloak } from './keycloak'
import { kubernetes } from './kubernetes'
import { langsmithSandbox } from './langsmith-sandbox'
import { namespace } from './namespace'
import { oci } from './oci'
import { octopus } from './octopus'
import { okta } from './okta'
import type { Preset } from './preset'
import { pulumi } from './pulumi'
import { pulumiDeployments } from './pulumi-deployments'
import { scalr } from './scalr'
import { semaphore } from './semaphore'
import { spacelift } from './spacelift'
import { spiffe } from './spiffe'
import { supabase } from './supabase'
import { teleport } from './teleport'
import { vela } from './vela'
import { vercel } from './vercel'
import { warpOz } from './warp-oz'

/** What Keybound knows about issuers, by kind. A new preset is a file and a line here. */
export const presets: readonly Preset[] = [
  // CI and deployment
  github,
  ghes,
  gitlab,
  circleci,
  buildkite,
  bitbucket,
  hcpTerraform,
  forgejo,
  azureDevopsPipeline,
  jenkins,
  semaphore,
  spacelift,
  env0,
  scalr,
  depotCi,
  depotPublicActions,
  codefresh,
  buddy,
  harness,
  octopus,
  vela,
  namespace,
  chainguard,
  activestate,
  vercel,
  fly,
  pulumi,
  pulumiDeployments,
  // Clusters and clouds
  kubernetes,
  eks,
  gke,
  aks,
  google,
  entraManagedIdentity,
  awsOutbound,
  oci,
  azureDevopsConnection,
  // Workloads and agents
  spiffe,
  teleport,
  warpOz,
  langsmithSandbox,
  // Directories: people and machines
  auth0,
  okta,
  cognito,
  firebase,
  clerk,
  supabase,
  keycloak,
  cloudflareAccess,
  kaggle,
  idJag,
  // Any other issuer; the last
  generic,
]

/** Returns the preset with an id, or null. */
export const presetOf = (id: string): Preset | null => presets.find((preset) => preset.id === id) ?? null
