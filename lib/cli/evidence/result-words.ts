import type { Verified } from './verify-export'
import type { VerifiedPack } from './verify-pack'

export type ResultWords = { isIntact: boolean; problems: string[]; about: string; result: string }

type About = { log: string; organization: string | null; at: string; trusts?: readonly string[] | null }

/** What verification of a log found, in lines: its problems, and the result. */
export function logWords(log: Verified): ResultWords {
  const problems = problemsOf(log)
  return ofProblems(problems, log.problemCount, { about: aboutWords('exported', log.about), summary: logSummary(log) })
}

/** The same of a pack. */
export function packWords({ problems, log, about, files, signedAt }: VerifiedPack): ResultWords {
  const hidden = log ? log.problemCount - log.problems.length : 0
  const lines = hidden > 0 ? [...problems, `… and ${hidden} more.`] : problems
  const summary = log ? `${files} files as signed at ${signedAt}; ${logSummary(log)}` : ''
  return ofProblems(lines, problems.length + hidden, { about: aboutWords('packed', about), summary })
}

/** Whose log it is. A name is in quotes: the file may hold any text. */
function aboutWords(how: 'exported' | 'packed', { log, organization, at, trusts }: About): string {
  const owner =
    log === '' ? 'The log of records without an organization' : `Log ${log} of ${JSON.stringify(organization ?? '')}`
  const about =
    trusts === undefined ? '' : trusts === null ? ', about all trusts' : `, about the trusts ${trusts.join(', ')}`
  return `${owner}, ${how} at ${at}${about}`
}

function ofProblems(
  problems: string[],
  count: number,
  { about, summary }: { about: string; summary: string },
): ResultWords {
  const isIntact = count === 0
  const result = isIntact
    ? `Intact: ${summary}`
    : `Not intact: ${count} ${count === 1 ? 'problem' : 'problems'}. The first: ${problems[0]}`
  return { isIntact, problems, about, result }
}

function problemsOf({ problems, problemCount }: Verified): string[] {
  const lines = problems.map(({ message }) => message)
  return problemCount > problems.length ? [...lines, `… and ${problemCount - problems.length} more.`] : lines
}

function logSummary({ counts, last }: Verified): string {
  const { records, removed, adopted, checkpoints, omitted } = counts
  const parts = [
    ...[
      `${last.seq} entries`,
      `${records} records`,
      `${removed} removed by retention`,
      `${adopted} older than the log`,
    ],
    ...(omitted > 0 ? [`${omitted} left out`] : []),
  ]
  return `${parts.join(', ')}, ${checkpoints} checkpoints. Head: ${last.hash}`
}
