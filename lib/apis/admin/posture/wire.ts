import { z } from 'zod'
import { AnalysisAnswer, FindingAnswer, MuteAnswer, PresetAnswer, SeverityName } from '@/lib/model/posture'
import { Reason } from '@/lib/model/reason'
import { RuleName } from '@/lib/model/rule-name'
import { parseIp } from '@/lib/trust/ip-range'
import type { JsonObject } from '@/lib/trust/json/json'
import { kinds } from '@/lib/trust/kinds'
import { TrustDraftFields } from '@/lib/trust/trust'
import { Id } from '@/lib/trust/uuid'

export { EvaluationAnswer } from '@/lib/model/evaluation'
export { AnalysisAnswer, ComparisonAnswer, MuteAnswer, RecognitionAnswer } from '@/lib/model/posture'

const options = z.record(z.string(), z.json())

/** Members that a stored trust has beside its policy. They are taken, so that an answer can be sent back, and not judged. */
const stored = z.unknown().optional()

/** A trust in the domain's words, saved or not, as our API takes and answers it. */
export const AnalysedTrust = TrustDraftFields.omit({ identityId: true })
  .partial({ name: true })
  .extend({
    method: z.enum(kinds.kinds).default('jwt'),
    options: options.optional().meta({ description: 'Fields that only this method has.' }),
    foreign: options.optional().meta({ description: 'The same, under the name that answers use.' }),
    ...{ id: Id.optional(), organizationId: Id.optional(), identityId: Id.nullish() },
    ...{ identityName: stored, version: stored },
    ...{ sequence: stored, createdAt: stored, updatedAt: stored, unreadable: stored, project: stored, signIn: stored },
  })
  .strict()
  .meta({ id: 'AnalysedTrust' })
export type AnalysedTrust = z.input<typeof AnalysedTrust>

/** Claims of a token, exact numbers included. */
export const Claims = z
  .custom<JsonObject>(
    (sent) => typeof sent === 'object' && sent !== null && !Array.isArray(sent),
    'Give the claims of a token as a JSON object.',
  )
  .meta({ override: { type: 'object', additionalProperties: true } })

/** Without `trust` the stored one; with both, one that is written out, judged by what is recorded of the stored one. */
const trustId = Id.optional().meta({
  description: 'A stored trust whose recorded logins and keys are taken into account.',
})

const TrustReference = z.union([z.strictObject({ trustId: Id }), z.strictObject({ trust: AnalysedTrust, trustId })])

const claims = Claims.optional().meta({
  description: 'Claims of a token that the trust is meant for; fixes take values from it and keep accepting it.',
})

/** A stored trust by its id, or one that is written out. */
export const AnalyseInput = z
  .union([z.strictObject({ trustId: Id, claims }), z.strictObject({ trust: AnalysedTrust, trustId, claims })])
  .meta({ id: 'AnalyseInput' })
export type AnalyseInput = z.input<typeof AnalyseInput>

const evaluated = {
  token: z.string().min(1).meta({ description: 'As a login would send it. It is neither stored nor logged.' }),
  ip: z
    .string()
    .refine((text) => parseIp(text) !== null, 'Give an IP address, for example 192.0.2.7.')
    .optional()
    .meta({ description: 'The address from which the access token would be used.', examples: ['192.0.2.7'] }),
  at: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'The time at which the token is judged, with the current keys. Default: now.' }),
}

/** A stored trust by its id, or one that is written out, and a token. */
export const EvaluateInput = z
  .union([z.strictObject({ trustId: Id, ...evaluated }), z.strictObject({ trust: AnalysedTrust, ...evaluated })])
  .meta({ id: 'EvaluateInput' })
export type EvaluateInput = z.input<typeof EvaluateInput>

export const CompareInput = z
  .strictObject({ before: TrustReference, after: TrustReference })
  .meta({ id: 'CompareInput' })
export type CompareInput = z.input<typeof CompareInput>

export const RecogniseInput = z.strictObject({ claims: Claims }).meta({ id: 'RecogniseInput' })
export type RecogniseInput = z.input<typeof RecogniseInput>

export const MuteInput = z
  .strictObject({
    rule: RuleName,
    reason: Reason,
    until: z.iso.datetime({ offset: true }).meta({ description: 'When it ends: within a year.' }),
  })
  .meta({ id: 'FindingMuteInput' })
export type MuteInput = z.input<typeof MuteInput>

/** The posture of one stored trust. */
export const TrustPostureAnswer = AnalysisAnswer.extend({
  trustId: z.uuid(),
  version: z.number(),
  lastEnabledVersion: z
    .union([z.number(), z.literal('unknown')])
    .nullable()
    .meta({
      description:
        'The version in which it was last enabled, with which enabling it is compared; null = it was never enabled, `unknown` = that version is no longer stored.',
    }),
  mutes: z.array(MuteAnswer),
}).meta({ id: 'TrustPosture' })
export type TrustPostureAnswer = z.output<typeof TrustPostureAnswer>

export const PostureTrustAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    method: z.string(),
    identityId: z.uuid().nullable(),
    identityName: z.string().nullable(),
    role: z.string().nullable().meta({ description: 'Of its identity.' }),
    isCanary: z.boolean().meta({ description: 'Its identity is a canary, so it has no findings.' }),
    issuer: z.string().nullable(),
    enabled: z.boolean(),
    version: z.number(),
    preset: PresetAnswer.nullable(),
    sentence: z.string(),
    score: z.number(),
    worst: SeverityName.nullable().meta({ description: 'Of findings that are not muted.' }),
    findings: z.array(FindingAnswer).meta({ description: 'The worst of each rule, worst first, without fixes.' }),
    strangers: z.object({ admitted: z.number(), total: z.number() }).nullable().meta({
      description: 'Attack stories that get in; null while they are being judged, and if none could be judged.',
    }),
    isPartial: z.boolean().meta({ description: 'Its attack stories are still being judged, in the background.' }),
  })
  .meta({ id: 'PostureTrust' })
export type PostureTrustAnswer = z.output<typeof PostureTrustAnswer>

const Counts = z.object({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
  info: z.number(),
})

export const PostureAnswer = z
  .object({
    score: z.number().nullable().meta({ description: 'Of enabled trusts, capped by the worst finding; null = none.' }),
    worst: SeverityName.nullable(),
    counts: Counts.meta({ description: 'Findings that are not muted, by severity.' }),
    rules: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        severity: SeverityName,
        trusts: z.number().meta({ description: 'Trusts with a finding that is not muted.' }),
        muted: z.number().meta({ description: 'Trusts on which it is muted.' }),
      }),
    ),
    trusts: z.array(PostureTrustAnswer).meta({ description: 'A page, worst first.' }),
    next: z.string().nullable(),
    total: z.number().meta({ description: 'Trusts that pass the filters.' }),
    unjudged: z.number().meta({
      description: 'Trusts whose posture is not known yet: they are judged in the background and not listed.',
    }),
    isMore: z.boolean().meta({ description: 'There are more trusts than can be judged.' }),
    trend: z
      .array(z.object({ day: z.string(), score: z.number().nullable(), counts: Counts }))
      .meta({ description: 'The last 90 days, oldest first; days without a server are left out.' }),
  })
  .meta({ id: 'Posture' })
export type PostureAnswer = z.output<typeof PostureAnswer>
