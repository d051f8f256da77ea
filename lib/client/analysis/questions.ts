import type { LastInForce } from '@/lib/model/change-judgement'
import type { Nearest } from '@/lib/model/nearest-trusts'
import type { AnalysisAnswer, ComparisonAnswer, RecognitionAnswer } from '@/lib/model/posture'
import type { ProposalAnswer } from '@/lib/model/proposal-answers'
import type { Guide, GuideInput } from '@/lib/model/set-up-guide'
import type { Relation } from '@/lib/trust/analysis/compare'
import type { LikelyCauses } from '@/lib/trust/analysis/likely-causes'
import type { JsonObject } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/** What is known beside the draft itself. */
export type AnalysisContext = {
  /** Claims of a token that the trust is meant for. */
  sample?: JsonObject
  /** Epoch seconds. */
  now: number
  /** What the identity may do with an access token. */
  access?: 'read' | 'write'
  /** The URL that identifies this installation to issuers. */
  ownAudience?: string
}

/** A comparison of two drafts; `before` null = nothing is stored yet. `inForce`: what was accepted when it was enabled last. */
export type Review = {
  /** Null where there is nothing to compare with. */
  comparison: ComparisonAnswer | null
  /** To what was accepted when the trust was enabled last; null = it never was, or that is for the server to say. */
  relation: Relation | null
  before: AnalysisAnswer | null
  after: AnalysisAnswer
}

/** A snippet of a job; `$AUD` is the audience. */
export type TokenRequest = { title: string; snippet: string }

/** Questions that a worker answers, by name: what it is asked with and what it answers. */
export type Questions = {
  analyse: { input: { policy: JudgedPolicy } & AnalysisContext; answer: AnalysisAnswer }
  review: {
    input: { before: JudgedPolicy | null; after: JudgedPolicy; inForce?: LastInForce } & AnalysisContext
    answer: Review
  }
  propose: { input: { policy: JudgedPolicy; tokens: JsonObject[]; now: number }; answer: ProposalAnswer[] }
  /** Why a trust refuses a token, by what is known of its platform. */
  causes: { input: { policy: Pick<TrustPolicy, 'issuer' | 'rules'>; claims: JsonObject }; answer: LikelyCauses[] }
  /** What to ask of a workload, and what follows for its trust. */
  guide: { input: GuideInput; answer: Guide }
  /** How the workload of a trust asks for a token; [] where that is not known. */
  tokenRequests: { input: { policy: Pick<JudgedPolicy, 'issuer' | 'keys' | 'rules'> }; answer: TokenRequest[] }
  /** Cursor after a page of `/trust-rules`. */
  nextRules: { input: { page: string }; answer: string | null }
  /** The trusts nearest to a token, of all pages of `/trust-rules`. As texts, which are read in the worker alone. */
  nearest: {
    input: { pages: readonly string[]; claims: JsonObject; count: number }
    answer: Nearest & { all: number }
  }
  recognise: { input: { claims: JsonObject }; answer: RecognitionAnswer }
}

export type QuestionName = keyof Questions

/** Message to the worker. */
export type Asked = {
  [Name in QuestionName]: { id: number; name: Name; input: Questions[Name]['input'] }
}[QuestionName]

/** Message of the worker. */
export type Answered = { id: number } & ({ ok: true; answer: unknown } | { ok: false; message: string })
