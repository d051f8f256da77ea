import { z } from 'zod'
import { Algorithm } from '../algorithms'

/**
 * How far a claim's value can be relied on:
 * - `id` stable, never given to another · `name` can be changed, or registered again by another customer
 * - `gate` a switch that says under which safeguards a job ran · `user` chosen by the person who starts the job
 * - `ephemeral` different in each run
 */
export const ClaimClass = z.enum(['id', 'name', 'gate', 'user', 'ephemeral'])
export type ClaimClass = z.output<typeof ClaimClass>

/** What a claim or fact names: the customer of the platform, the workload, or the circumstances of the run. */
export const ClaimRole = z.enum(['tenant', 'workload', 'context'])
export type ClaimRole = z.output<typeof ClaimRole>

/** Text with facts in braces: `repo:{owner}/{repository}:ref:{ref}`. A brace cannot be part of the text. */
const Template = z.string().min(1).max(1000)

const FactName = z.string().regex(/^[a-z][A-Za-z0-9]*$/)

/** Values of facts of which a job must have one: `{ event: ['pull_request'] }`. */
const When = z.record(FactName, z.array(z.string())).default({})

/**
 * A fact about a job from which issuer, subject and claims are made. A changed fact changes all claims that repeat it, so samples
 * and attack stories are consistent in every claim.
 */
export const Fact = z.object({
  title: z.string().min(1),
  class: ClaimClass,
  role: ClaimRole.default('context'),
  /** Regular expression of all its values, without anchors, flags, groups that capture, look-around or back references. */
  pattern: z.string().min(1),
  sample: z.string().min(1),
  /** The same fact of a stranger: another customer, workload or run. */
  other: z.string().min(1),
  /**
   * Its value from other facts, where nothing says that it differs: `refs/heads/{branch}`. Of several, the first whose `when` holds
   * and whose facts are present. Gives `sample` from their samples.
   */
  from: z.union([Template, z.array(z.object({ template: Template, when: When })).min(1)]).optional(),
  /** Absent in the usual sample: jobs without an environment do not name one. */
  usuallyAbsent: z.boolean().default(false),
})
export type Fact = z.output<typeof Fact>

export const Claim = z.object({
  /**
   * A claim address (docs/verification.md): a plain name at the top level, a JSON Pointer for nested claims. Without `iss`, `sub`,
   * `exp`, `nbf` and `iat`, and without `aud`: those follow from the rest of the preset.
   */
  path: z.string().min(1),
  /** The path is the beginning of the addresses of several claims: `repo_property_`. */
  isPrefix: z.boolean().default(false),
  meaning: z.string().min(1),
  class: ClaimClass,
  role: ClaimRole.default('context'),
  /** The JSON type that the issuer sends. */
  type: z.enum(['text', 'number', 'boolean', 'list', 'object']).default('text'),
  /** The value, from facts. Of a list: its one element. */
  from: Template.optional(),
  /**
   * The value sent where `from` is not given or a fact of it is absent: JSON text for lists and objects. Without it the claim is
   * left out there.
   */
  example: z.string().optional(),
  /** All values that the issuer sends. */
  values: z.array(z.string()).optional(),
  /** Address of the claim with the stable id of what this claim names. */
  id: z.string().optional(),
  /** That id is one of a part, so one name may have several. */
  hasSeveralIds: z.boolean().default(false),
  /** The issuer compares it without regard to case. Keybound compares exactly. */
  isCaseInsensitive: z.boolean().default(false),
  /** Not sent with every token; the samples have it where its facts are present. */
  isOptional: z.boolean().default(false),
})
export type Claim = z.output<typeof Claim>

/**
 * A form of `sub`: a grammar of named parts. The names are names of facts. Formats of one `form` are what one setting of the
 * issuer sends: a job's subject is the first of them whose facts are all present and whose `when` holds.
 */
export const SubjectFormat = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  template: Template,
  form: z.string().min(1).default('usual'),
  when: When,
  /** How a fact's value is written inside the subject: `colon` = `:` as `%3A`. */
  escape: z.enum(['none', 'colon']).default('none'),
  /** An administrator or a job has replaced the usual form. */
  isCustom: z.boolean().default(false),
  /** An older form that jobs still send. */
  isLegacy: z.boolean().default(false),
  /** First day on which the issuer sent it, `2026-07-15`; absent = from the beginning. */
  since: z.iso.date().optional(),
})
export type SubjectFormat = z.output<typeof SubjectFormat>

export const IssuerVariant = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** `https://oidc.circleci.com/org/{orgId}`; text without braces is the exact issuer. */
  template: Template,
  /** Whether all customers of the platform share this `iss`, so that issuer and audience alone admit all of them. */
  isShared: z.boolean(),
  /** Whether unrelated installations use the same text, so that only the keys tell them apart. */
  isAmbiguous: z.boolean().default(false),
  /** False where the template fits issuers of other platforms too (`https://{host}`), so that it does not tell the preset. */
  isTelling: z.boolean().default(true),
  /** URL of the key set where discovery does not lead there. */
  jwksUrl: Template.optional(),
  /** Algorithms, where they differ from the preset's. */
  algorithms: z.array(Algorithm).optional(),
})
export type IssuerVariant = z.output<typeof IssuerVariant>

/** The facts of one token, where they differ from the samples of the facts; null = absent. */
const FactChanges = z.record(FactName, z.string().nullable())

export const Sample = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** Id of an issuer variant; absent = the first. */
  issuer: z.string().optional(),
  /** Id of a subject format; absent = the one that the facts choose among those of the first format's form. */
  subject: z.string().optional(),
  facts: FactChanges.default({}),
})
export type Sample = z.output<typeof Sample>

/**
 * A rule set to offer with one click, beside the exact issuer and an audience of our own. Each rule accepts the listed values
 * exactly; values are templates over the facts of the token at hand.
 */
export const RuleSet = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  why: z.string().min(1),
  rules: z.array(z.object({ path: z.string().min(1), values: z.array(Template).min(1) })).min(1),
  /** The sample that it accepts; absent = the first. */
  sample: z.string().optional(),
  /** Ids of the stories that it lets in by intent. */
  admits: z.array(z.string()).default([]),
})
export type RuleSet = z.output<typeof RuleSet>

/**
 * A stranger that the issuer vouches for as well: the trusted job with some facts changed, and every fact that follows from them
 * (`Fact.from`). `other` takes the fact's `other`; `to` is a template over the trusted job's facts (`{workspace}-x`), null =
 * absent. A story that changes nothing about a job, or whose template needs an absent fact, does not apply to it.
 */
export const Story = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  why: z.string().min(1),
  change: z.record(FactName, z.union([z.object({ to: Template.nullable() }), z.literal('other')])).default({}),
  /** Id of the stranger's subject format; absent = the one that its facts choose, in the form of the trusted job. */
  subject: z.string().optional(),
  /** Its issuer, where it is another one: an issuer with the same claim names. */
  issuer: Template.optional(),
  /** Facts without which it does not apply. */
  needs: z.array(FactName).default([]),
  /** Jobs to which it applies. */
  when: When,
  /** Ids of the issuer variants that it is about; absent = all. */
  variants: z.array(z.string()).optional(),
  /** Its token is signed by other keys than the trusted job's, which keep it out even where no claim does. */
  hasOtherKeys: z.boolean().default(false),
  /** Its audience, where it is not the trust's: the default of the platform. */
  audience: Template.optional(),
  /** Claims that are sent or left out beside what the facts say; null = left out. */
  claims: z.record(z.string(), z.json().nullable()).default({}),
  /** Seconds from `iat` to `exp`, where the story is about a long life. */
  lifetimeSeconds: z.int().positive().optional(),
  /** Addresses of claims, `iss` or `aud`, best first: a rule with the trusted job's own value of one closes it. */
  closedBy: z.array(z.string()).min(1),
})
export type Story = z.output<typeof Story>

/** What Keybound knows about the tokens of one kind of issuer. Pure data; a preset is a file in this folder. */
export const Preset = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  family: z.enum(['ci', 'deployment', 'cluster', 'cloud', 'workload', 'agent', 'directory', 'generic']),
  /** Whether facts were read in source code, vendors' documentation or real tokens. */
  verified: z.boolean(),
  verifiedOn: z.iso.date(),
  /** Where the facts are from: repository and commit, or the vendor's page. */
  sources: z.array(z.string().min(1)).min(1),
  /** What is not verified, and is said to the user. */
  unverified: z.array(z.string()).default([]),
  issuers: z.array(IssuerVariant).min(1),
  algorithms: z.array(Algorithm).min(1),
  /** `typ` of the header. */
  headerTypes: z.array(z.string()).default(['JWT']),
  audience: z.object({
    /** Claim that says for whom a token is; not `aud` at every issuer. */
    claim: z.string().default('aud'),
    /** Whether the job chooses its value. */
    isChosen: z.boolean(),
    /** Its value where the job chooses none. */
    usual: Template.optional(),
    /** Whether it is always a list. */
    isList: z.boolean().default(false),
  }),
  facts: z.record(FactName, Fact),
  /** The first is the usual one. */
  subjects: z.array(SubjectFormat).min(1),
  /**
   * Parts of which an administrator can compose the subject, joined by colons: `ref:{ref}`. The names before the first colon are
   * claims.
   */
  subjectParts: z.array(Template).default([]),
  claims: z.array(Claim).min(1),
  /** What a trust must bind before it is enabled: each set alone is enough. `sub` is the whole subject, exact. */
  pins: z.array(z.array(z.string()).min(1)).min(1),
  ruleSets: z.array(RuleSet).min(1),
  samples: z.array(Sample).min(1),
  stories: z.array(Story).default([]),
  /** Several triggers of a job share one subject, so the event must be bound too. Address of the claim that tells them apart. */
  triggerClaim: z.string().optional(),
  /** How one run of a workload is told from its other runs; absent where tokens do not say which run they are of. */
  run: z
    .object({
      /** Address of the claim with the id of the run: the same in all its jobs, and in no other run of the workload. */
      claim: z.string().min(1),
      /** Addresses of claims that are the same in every run of the workload and together say which it is. */
      workload: z.array(z.string().min(1)).min(1),
    })
    .optional(),
  lifetimeSeconds: z.object({ usual: z.int().positive().optional(), max: z.int().positive().optional() }).default({}),
  /** How far before `iat` the issuer puts `nbf`. */
  notBeforeBackdateSeconds: z.int().min(0).default(0),
  /** Whether a token is used once by its nature, so that a second use can be refused. */
  replay: z.enum(['safe', 'unsafe', 'unknown']),
  /** Ids of presets whose issuers send the same claim names. */
  mustNotBe: z.array(z.string()).default([]),
  /** Claims that a trust policy of AWS can compare for this issuer, beside `aud`, `sub` and `amr`; absent = not known. */
  awsConditionKeys: z.array(z.string()).optional(),
  /** How a job asks for a token; `$AUD` is the audience. */
  tokenRequest: z.array(z.object({ title: z.string().min(1), snippet: z.string().min(1) })).default([]),
  /** Traps, in a sentence each. */
  notes: z.array(z.string()).default([]),
})
export type Preset = z.output<typeof Preset>

/** Parts of a preset's data, for a preset of several files. */
type Data = z.input<typeof Preset>
export type Facts = Data['facts']
export type Claims = Data['claims']
export type Subjects = Data['subjects']
export type RuleSets = Data['ruleSets']
export type Stories = NonNullable<Data['stories']>

/** Reads a preset's data; a fault in it stops the start, with the place. */
export const definePreset = (data: Data): Preset => Preset.parse(data)
