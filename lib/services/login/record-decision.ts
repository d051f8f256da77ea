import type { Tx } from '@/lib/db/client'
import { unsealedDecision } from '@/lib/db/evidence/unsealed'
import { fitObject } from '@/lib/db/fit-object'
import type { DecisionRow } from '@/lib/db/login-store/login-rows'
import { toStoredTrace } from '@/lib/db/stored-trace'
import { foldedRowId } from '@/lib/ids'
import { findClaim } from '@/lib/trust/claims'
import { cutText, shortenText } from '@/lib/trust/cut-text'
import { rowOf } from '@/lib/trust/engine/check-table'
import { bareToken } from '@/lib/trust/engine/token'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject, JsonValue } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import { maskClaim, maskClaims, maskText } from '@/lib/trust/mask-claims'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Context } from '../context'
import { noteForCount } from '../decision/decision-days'
import { giveRequestId } from '../given-request-id'
import { placeRefusal } from './repeated-refusals'

export type DecisionInput = {
  organizationId: string | null
  /** Null for a login by an issuer or a person, and for a test. */
  identity: { id: string; name: string | null } | null
  trust: { id: string; version: number } | null
  method: string
  token: string
  verdict: Verdict
  accessTokenId?: string
  /** How many refusals the row records; absent = one. */
  times?: number
}

/** A verdict as rows keep it, before it is written. */
export type PreparedDecision = {
  row: DecisionRow
  /** Rows of similar refusals in which it can be counted instead. */
  countInto: readonly string[]
  /** Call it once the row is durable, with the row that the refusal was counted into, if any. */
  written(countedInto: string | null): void
}

/**
 * A verdict as a row under the request's id: every check, the header and the masked claims; never token or signature. A
 * refusal that repeats within the hour is counted into a row there is already, and the request gets an id that leads to it.
 */
export async function prepareDecision(ctx: Context, input: DecisionInput): Promise<PreparedDecision> {
  const { verdict, organizationId, method, times = 1 } = input
  const { accepted, decisive } = verdict
  const at = ctx.now()
  const place = accepted ? ownRow : placeRefusal(ctx, input)
  const isCounted = place.folded !== null || times > 1
  const id = isCounted ? foldedRowId(ctx.requestId) : ctx.requestId
  const countInto = [...(place.folded?.rowIds ?? [])]
  // Where there is no row yet, those that come at the same time are told of this one.
  if (countInto.length === 0) place.folded?.countInto(id)
  const header = verdict.header && fitObject(maskClaims(verdict.header), headerCharactersMax)
  const claims = verdict.claims && fitObject(maskClaims(verdict.claims), claimsCharactersMax)
  return {
    countInto,
    written(countedInto) {
      ctx.recorded?.push('decision')
      if (countedInto !== null) giveRequestId(ctx, countedInto)
      else if (countInto.length > 0) place.folded?.countInto(id)
    },
    row: {
      id,
      at,
      organizationId,
      identityId: place.isMixed ? null : cut(input.identity?.id),
      identityName: place.isMixed ? null : (input.identity?.name ?? null),
      trustId: place.isMixed ? null : (input.trust?.id ?? null),
      trustVersion: place.isMixed ? null : (input.trust?.version ?? null),
      method,
      accepted,
      checkId: cut(decisive?.id),
      reason: decisive?.reason ?? null,
      message: cutText(decisive?.message ?? 'Accepted.', textMax),
      issuer: text('iss', verdict.claims?.iss),
      subject: text('sub', verdict.claims?.sub),
      trace: toStoredTrace(maskedTrace(verdict), claims),
      header: header && jsonText(header),
      claims: claims && jsonText(claims),
      tokenSha256: await sha256Hex(bareToken(input.token)),
      accessTokenId: input.accessTokenId ?? null,
      ip: ctx.ip,
      userAgent: ctx.userAgent,
      repeats: isCounted ? times - 1 : null,
      lastAt: isCounted ? at : null,
    },
  }
}

/** Records a verdict in a transaction of the caller. */
export async function recordDecision(tx: Tx, ctx: Context, input: DecisionInput) {
  const { row, countInto, written } = await prepareDecision(ctx, input)
  await noteForCount(tx, { ...row, id: ctx.requestId })
  const countedInto = await countRepeat(tx, countInto, row.at)
  if (countedInto === null) {
    await tx.decision.create({ data: row })
    await tx.unsealedRecord.create({ data: unsealedDecision(row) })
  }
  written(countedInto)
}

/** Limits for one text, for the header and for the claims of a row: a token has up to 16 KB of arbitrary content. */
const textMax = 500
const headerCharactersMax = 1_000
const claimsCharactersMax = 3_000

const ownRow = { isMixed: false, folded: null }

/** Returns the id of the row it was counted into; null when there is none. */
async function countRepeat(tx: Tx, ids: readonly string[], at: Date): Promise<string | null> {
  if (ids.length === 0) return null
  const [row] = await tx.decision.updateManyAndReturn({
    where: { id: { in: [...ids] } },
    data: { repeats: { increment: 1 }, lastAt: at },
    limit: 1,
    select: { id: true },
  })
  return row?.id ?? null
}

const cut = (value: string | null | undefined) => (value == null ? null : cutText(value, textMax))

/** The checks of a verdict as they may be kept. */
export const maskedTrace = ({ checks, claims }: Verdict): Check[] => checks.map((check) => masked(check, claims))

/**
 * What a check on a claim received is masked like the claim itself, and what is to be done about it may quote the claim,
 * so it goes with it.
 */
function masked(check: Check, claims: JsonObject | null): Check {
  const { claim: path } = rowOf(check.id)
  if (check.received === undefined) return check
  const claim = claims && path !== undefined ? findClaim(claims, path) : undefined
  // What is no claim (a kid, a type) is judged by its look.
  if (path === undefined || claim === undefined) return { ...check, received: maskText(check.received) }
  const kept = maskClaim(path, claim)
  if (kept === claim || jsonText(kept) === jsonText(claim)) return check
  const { fix, ...rest } = check
  return { ...rest, received: shortenText(jsonText(kept), textMax) }
}

/**
 * Issuer and subject are columns to search by, masked like the claims; one that is no text is in `claims` only. PostgreSQL
 * keeps no zero character.
 */
function text(name: string, claim: JsonValue | undefined): string | null {
  const masked = typeof claim === 'string' ? maskClaim(name, claim) : null
  return typeof masked === 'string' ? cutText(masked.replaceAll('\0', '\uFFFD'), textMax) : null
}
