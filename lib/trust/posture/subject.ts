import type { JsonObject } from '../json/json'
import type { KeySet } from '../key-sources/key-source'
import type { KindPart } from '../kinds'
import type { TrustPolicy } from '../policy'
import type { Preset } from '../presets/preset'

/** The parts of a trust or draft that posture rules judge. */
export type JudgedPolicy = KindPart & TrustPolicy & { name: string; enabled: boolean }

/** The input of posture rules. Absent data is unknown, and rules that need it report "no data yet". */
export type PostureSubject = {
  policy: JudgedPolicy
  /** The preset of its issuer; null = none fits. */
  preset: Preset | null
  /** Claims of a token that the trust is meant for. Fixes take values from it, and never refuse it. */
  sample?: JsonObject
  seen?: Seen
  /** Epoch seconds. */
  now?: number
  /** Epoch seconds. */
  createdAt?: number
  /** What each key source answered last. */
  keysInEffect?: SourceKeys[]
  /** The other trusts of the organization. */
  others?: OtherTrust[]
  /** What the identity may do with an access token. */
  access?: 'read' | 'write'
  /** Whether a second login with one token is refused. */
  isReplayRefused?: boolean
  /** The audience to propose: the URL that identifies this installation to issuers. */
  ownAudience?: string
}

/** Place of the source in the trust's `keys`, and its answer. */
export type SourceKeys = { source: number; set: KeySet; bytes?: number }

export type OtherTrust = { id: string; policy: JudgedPolicy; preset: Preset | null }

/** Facts from the recorded decisions of one trust. Lists have distinct values, and are bounded by the caller. */
export type Seen = {
  /** Accepted logins on record. */
  accepted: number
  /** Epoch seconds; null = no login was accepted. */
  lastAcceptedAt: number | null
  /** When the record begins; epoch seconds. */
  since?: number
  /** Least and greatest life of accepted tokens: `exp` − `iat`, else `exp` − `nbf`; seconds. */
  life?: { least: number; greatest: number }
  /** Lists of audiences of accepted tokens. */
  audiences?: string[][]
  /** By claim address; a boolean or number as text. */
  claims?: Record<string, SeenClaim>
  /** Header types (`typ`) of accepted tokens. */
  headerTypes?: string[]
  /** Whether an accepted token was bound to a key (`cnf`, RFC 7800). */
  hasConfirmation?: boolean
  /** Subjects of verified tokens, each with the stable id of its workload where the token named one. */
  subjects?: { sub: string; id: string | null }[]
  /** Names of owners or workloads with the id that came with them; null = the token had the name and no id. */
  names?: { name: string; id: string | null }[]
  suspicious?: SuspiciousUse[]
}

/** `isComplete`: no further value was seen. */
export type SeenClaim = { values: string[]; isComplete: boolean; firstSeenAt?: number; lastSeenAt?: number }

/** A token or a run whose use looks like that of a stolen token. */
export type SuspiciousUse = {
  kind: 'two-addresses' | 'late' | 'many-trusts'
  /** Digest of the token, or the id of the run. */
  of: string
  detail: string
}
