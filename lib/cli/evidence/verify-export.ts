import type { Readable } from 'node:stream'
import { z } from 'zod'
import { type EvidenceJwk, openSigned } from '@/lib/db/evidence/checkpoint-signature'
import type { EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { readStored, storedOrNull } from '@/lib/db/stored-json'
import { type CheckpointClaims, LogHead, type LogProblem } from '@/lib/model/evidence'
import { EvidenceJwkSchema } from '@/lib/services/evidence/evidence-key'
import { EndClaims, exportFormat } from '@/lib/services/evidence/export-format'
import { checkLog } from '@/lib/services/evidence/log-check'
import { Refused } from '../command'
import { readLines } from './read-lines'

const version = 1
const Header = z.object({
  format: z.literal(exportFormat),
  version: z.literal(version),
  log: z.string(),
  organization: z.string().nullable(),
  at: z.iso.datetime(),
  records: z.enum(['all', 'chosen']),
  head: LogHead.nullable(),
  keys: z.array(EvidenceJwkSchema),
})
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
const LinkLine = z.strictObject({
  seq: z.int(),
  /** What the entry is looked up by, where that was changed. */
  recordId: z.string().optional(),
  entry: z.string(),
  hash: z.string(),
  record: z.record(z.string(), Value).nullable(),
  /** The record is not in the file, which is about others. */
  omitted: z.literal(true).optional(),
})
/** Exports of older versions have no signature. */
const EndLine = z.object({ end: z.object({ head: LogHead.nullable(), jws: z.string().nullish() }) })

export type Given = {
  /** Null: those that the file brings. */
  keys: readonly EvidenceJwk[] | null
  /** Opens checkpoints that were kept elsewhere. */
  kept: (keys: readonly EvidenceJwk[]) => CheckpointClaims[]
  onProgress: (entries: number) => void
  /** Which log it must be; any, when left out. */
  log?: string
}

/** The pack that the log lies in: the keys with which it may be signed, and whether its signature is over the whole file. */
type Pack = { keys: readonly EvidenceJwk[]; isSigned: boolean }

export type Verified = Awaited<ReturnType<typeof verifyExport>>

/** Problems that are named; further ones are counted. */
const problemsMax = 100
const progressEvery = 100_000

/** Checks an exported log in one pass, with memory for one line. @throws Refused for what is no exported log */
export async function verifyExport(input: Readable, { keys, kept, onProgress, log, pack }: Given & { pack?: Pack }) {
  const lines = readLines(input)
  const first = await lines.next()
  const line = first.done ? null : first.value
  requireVersion(line, exportFormat, version)
  const read = readStored(line, Header)
  if (!read.readable) throw new Refused('The file is no evidence log that Keybound exported.')
  const header = read.value
  requireLog(header.log, log)
  const known = pack?.keys ?? keys ?? header.keys
  const checkpoints = kept(known)
  if (checkpoints.some(({ log }) => log !== header.log))
    throw new Refused('A checkpoint that was given is of another log.')
  const check = checkLog({ log: header.log, keys: known, kept: checkpoints, readAt: header.at })
  let head = header.head
  let signature: string | null = null
  const problems: LogProblem[] = []
  let [problemCount, lineNumber, omittedCount, hasEnd] = [0, 1, 0, false]
  const tell = (these: readonly LogProblem[]) => {
    problemCount += these.length
    problems.push(...these.slice(0, Math.max(0, problemsMax - problems.length)))
  }
  const broken = (message: string) => tell([{ code: 'entry-changed', seq: null, record: null, message }])
  for await (const line of lines) {
    lineNumber += 1
    const link = readStored(line, LinkLine)
    if (hasEnd) broken(`Line ${lineNumber} comes after the end of the log.`)
    else if (link.readable) {
      const { seq, hash, record, omitted = false } = link.value
      tell(check.take(link.value, recordOf(record), omitted))
      if (omitted) omittedCount += 1
      if (omitted && (header.records === 'all' || record !== null))
        broken(`Line ${lineNumber} leaves a record out of a file that is to have it.`)
      if (seq === header.head?.seq && hash !== header.head.hash)
        broken(`Entry ${seq} is not the one that the first line of the file names.`)
    } else {
      const end = readStored(line, EndLine)
      if (!end.readable) broken(`Line ${lineNumber} is no entry of a log.`)
      else {
        hasEnd = true
        head = end.value.end.head
        signature = end.value.end.jws ?? null
      }
    }
    if (lineNumber % progressEvery === 0) onProgress(lineNumber)
  }
  if (!hasEnd) broken(`The file ends with line ${lineNumber}, and not as an exported log does: it was cut off.`)
  tell(check.end(furthest(header.head, head)))
  const last = check.last()
  const claims = signature === null ? null : storedOrNull(openSigned(signature, known, 'end'), EndClaims)
  if (signature !== null)
    tell(checkSignedEnd(claims, { ...last, log: header.log, organization: header.organization, at: header.at }))
  // Numbers that were not final yet, if the export began when its first line says.
  if (!pack?.isSigned && claims?.at !== header.at) tell(check.unsettled())
  // The signature of a pack is over every byte of its log. Without keys from elsewhere, nothing in a file proves anything.
  if (keys !== null && !pack?.isSigned) {
    if (signature === null) tell(unproven(check.provenTo(), last.seq))
    if (header.records === 'chosen')
      tell([unsigned('Which records it leaves out is proven by its evidence pack alone: verify that.')])
  }
  const about = { log: header.log, organization: header.organization, at: claims?.at ?? header.at }
  return { problems, problemCount, counts: { ...check.counts, omitted: omittedCount }, last, about }
}

/** @throws Refused for a file of that format whose version is a later one */
export function requireVersion(text: string | null, format: string, known: number): void {
  const found = storedOrNull(text, z.looseObject({ format: z.literal(format), version: z.int() }))
  if (found === null || found.version <= known) return
  throw new Refused(
    `The file is of version ${found.version} of its format; this program reads version ${known}. Verify it with the version of Keybound that exported it, or a later one.`,
  )
}

/** @throws Refused for the log of another than was asked for */
export function requireLog(found: string, wanted: string | undefined): void {
  if (wanted !== undefined && found !== wanted) throw new Refused(`The log is another one: ${JSON.stringify(found)}.`)
}

const unsigned = (message: string): LogProblem => ({ code: 'end-unproven', seq: null, record: null, message })

type SignedEnd = z.output<typeof EndClaims>

function checkSignedEnd(claims: SignedEnd | null, { log, organization, seq, hash, at }: SignedEnd): LogProblem[] {
  if (claims === null) return [unsigned('The end of the log is signed by no known key.')]
  if (claims.log !== log || claims.seq !== seq || claims.hash !== hash)
    return [unsigned(`The signature at the end is over another entry than ${seq}, the last one, or over another log.`)]
  if (claims.organization !== organization)
    return [unsigned('The first line names another organization than the signature at the end.')]
  if (claims.at !== at) return [unsigned('The first line names another time than the signature at the end.')]
  return []
}

/** What an export without a signed end leaves unproven: all after its last checkpoint. */
function unproven(provenTo: number, last: number): LogProblem[] {
  if (last > 0 && provenTo >= last) return []
  const which =
    last === 0
      ? 'That the log is empty'
      : provenTo + 1 === last
        ? `Entry ${last}`
        : `Entries ${provenTo + 1} to ${last}`
  const verb = last === 0 || provenTo + 1 === last ? 'is' : 'are'
  return [
    unsigned(
      `${which} ${verb} proven by nothing: the end of the file is not signed, and no checkpoint signs what comes after entry ${provenTo}. Export the log again, or give a later --checkpoint.`,
    ),
  ]
}

/** The head at the beginning of the export, or the later one at its end; proven only if both are. */
function furthest(begun: LogHead | null, ended: LogHead | null): LogHead | null {
  if (!begun || !ended) return begun ?? ended
  return { ...(ended.seq < begun.seq ? begun : ended), isProven: begun.isProven && ended.isProven }
}

const recordOf = (record: z.output<typeof LinkLine>['record']): EvidenceRecord | null => record
