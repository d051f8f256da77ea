import { z } from 'zod'
import { severities } from '@/lib/trust/posture/finding'

/*
 * What analysis answers, as plain data: the same for our API, the command line and the dashboard.
 */

export const SeverityName = z.enum(severities)

/** Place in the trust, outermost first: `["rules", 0, "matcher", "values", 2]`. */
const Place = z.array(z.union([z.string(), z.number()]))

/** An edit of the trust as JSON Patch (RFC 6902). */
export const FixAnswer = z
  .object({
    label: z.string(),
    changes: z
      .array(
        z.object({
          op: z.enum(['add', 'remove', 'replace']),
          path: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the trust.' }),
          value: z.unknown().optional(),
        }),
      )
      .meta({ description: 'JSON Patch (RFC 6902), to be applied in order.' }),
  })
  .meta({ id: 'Fix' })
export type FixAnswer = z.output<typeof FixAnswer>

/** A finding that a person accepts for a time. */
export const MuteAnswer = z
  .object({
    rule: z.string(),
    reason: z.string(),
    until: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    byName: z.string().nullable(),
  })
  .meta({ id: 'FindingMute' })
export type MuteAnswer = z.output<typeof MuteAnswer>

export const FindingAnswer = z
  .object({
    id: z.string().meta({ description: 'The rule. Ids never change their meaning.', examples: ['L01'] }),
    severity: SeverityName,
    title: z.string(),
    path: Place,
    message: z.string(),
    witness: z.string().optional().meta({ description: 'A concrete value or token that gets in.' }),
    opens: z.string().meta({ description: 'What an attacker gains, or an operator loses.' }),
    blocks: z.boolean().meta({ description: 'A trust with this finding is not enabled without an override.' }),
    fix: FixAnswer.optional(),
    count: z
      .number()
      .optional()
      .meta({ description: 'In lists, which have the worst finding of each rule: how many.' }),
    mute: MuteAnswer.optional().meta({ description: 'Accepted until then: does not count in the score.' }),
  })
  .meta({ id: 'Finding' })
export type FindingAnswer = z.output<typeof FindingAnswer>

/** An attack story, as the engine judged it. */
export const StrangerAnswer = z
  .object({
    story: z.string(),
    title: z.string(),
    admitted: z.boolean(),
    smallestFix: FixAnswer.optional(),
  })
  .meta({ id: 'Stranger' })
export type StrangerAnswer = z.output<typeof StrangerAnswer>

/** A value, or a whole rule, that no token of the issuer matches. */
export const DeadAnswer = z
  .object({
    path: Place,
    message: z.string(),
    suggestion: z.string().optional().meta({ description: 'The value that was probably meant.' }),
  })
  .meta({ id: 'DeadValue' })
export type DeadAnswer = z.output<typeof DeadAnswer>

/** Something that tokens name, and whether the trust accepts more of it than its rules spell out. */
export const PartAnswer = z
  .object({
    role: z.enum(['tenant', 'workload', 'context']),
    title: z.string(),
    status: z.enum(['open', 'pinned', 'unknown']),
    witness: z
      .object({ subject: z.string().nullable(), claims: z.record(z.string(), z.unknown()) })
      .optional()
      .meta({ description: 'Of an open part: a token of the issuer that differs in it and is accepted.' }),
  })
  .meta({ id: 'TokenPart' })
export type PartAnswer = z.output<typeof PartAnswer>

export const PresetAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    verified: z
      .boolean()
      .meta({ description: 'Whether its facts were read in source code, documentation or real tokens.' }),
  })
  .meta({ id: 'Preset' })
export type PresetAnswer = z.output<typeof PresetAnswer>

export const AnalysisAnswer = z
  .object({
    preset: PresetAnswer.nullable(),
    sentence: z.string().meta({ description: 'The trust in one sentence.' }),
    score: z.number().meta({ description: 'From 100 (nothing found) to 0.' }),
    worst: SeverityName.nullable(),
    findings: z.array(FindingAnswer).meta({ description: 'Worst first.' }),
    noData: z
      .array(z.object({ id: z.string(), missing: z.string() }))
      .meta({ description: 'Rules that could not judge, with what they lack.' }),
    strangers: z.array(StrangerAnswer),
    parts: z
      .array(PartAnswer)
      .meta({ description: 'Customer, workload and circumstances: whether the rules leave them open.' }),
    dead: z.array(DeadAnswer),
    unknown: z.array(z.string()).meta({ description: 'What was not judged because it would cost too much.' }),
  })
  .meta({ id: 'Analysis' })
export type AnalysisAnswer = z.output<typeof AnalysisAnswer>

/** A claim, or a value of a field, that only one of two trusts accepts. */
const ExampleAnswer = z.union([z.object({ value: z.unknown() }), z.object({ absent: z.literal(true) })])

export const DimensionAnswer = z
  .object({
    id: z.string().meta({ description: 'A field, or `rules.` and a claim address.', examples: ['rules.sub'] }),
    relation: z.enum(['equal', 'narrower', 'wider', 'different', 'unknown']),
    accepted: ExampleAnswer.optional().meta({ description: 'Accepted only after the change.' }),
    refused: ExampleAnswer.optional().meta({ description: 'Accepted only before the change.' }),
  })
  .meta({ id: 'Dimension' })
export type DimensionAnswer = z.output<typeof DimensionAnswer>

export const ComparisonAnswer = z
  .object({
    relation: DimensionAnswer.shape.relation,
    dimensions: z.array(DimensionAnswer),
    raised: z.array(FindingAnswer).meta({ description: 'Findings of `after` that `before` has not.' }),
    removed: z.array(FindingAnswer).meta({ description: 'Findings of `before` that `after` has not.' }),
  })
  .meta({ id: 'Comparison' })
export type ComparisonAnswer = z.output<typeof ComparisonAnswer>

const TitledAnswer = z.object({ id: z.string(), title: z.string() })

export const RecognitionAnswer = z
  .object({
    preset: PresetAnswer.nullable(),
    issuer: TitledAnswer.nullable().meta({ description: 'Which of the issuers of that preset.' }),
    format: TitledAnswer.nullable().meta({ description: 'The form of `sub`.' }),
    facts: z.record(z.string(), z.string()).meta({ description: 'What issuer, subject and claims say.' }),
    classes: z.array(
      z.object({
        path: z.string(),
        class: z.enum(['id', 'name', 'gate', 'user', 'ephemeral']),
        role: z.enum(['tenant', 'workload', 'context']),
        meaning: z.string(),
        fault: z.string().nullable().meta({ description: 'Why the issuer would not send this value.' }),
      }),
    ),
    unknown: z.array(z.string()).meta({ description: 'Addresses of unknown claims.' }),
    personal: z
      .array(z.string())
      .meta({ description: 'Addresses of claims that are about a person. They are masked in recorded logins.' }),
    tokenRequest: z
      .array(z.object({ title: z.string(), snippet: z.string() }))
      .meta({ description: 'How a job of the platform asks for a token; `$AUD` is the audience.' }),
    looksLike: z
      .object({ preset: PresetAnswer, mustNotBe: z.array(PresetAnswer) })
      .nullable()
      .meta({ description: 'The preset whose claim names an unknown issuer uses.' }),
    isComplete: z.boolean().meta({ description: 'False where there are more claims than were looked at.' }),
  })
  .meta({ id: 'Recognition' })
export type RecognitionAnswer = z.output<typeof RecognitionAnswer>
