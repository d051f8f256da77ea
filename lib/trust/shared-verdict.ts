import { z } from 'zod'
import type { Check, CheckId, Verdict } from './engine/verdict'
import { isJsonObject, type JsonObject, parseJson } from './json/json'
import { jsonText } from './json/json-text'
import { decodeBase64url, decodeUtf8, encodeBase64url } from './keys/base64url'
import { visibleText } from './unseen'

/** A verdict as it is shared: what the token says and every check, without the signature. */
export type SharedVerdict = Pick<Verdict, 'accepted' | 'header' | 'claims'> & {
  /** Id of the check that decides; null where the token is accepted. */
  decisive: string | null
  checks: Check[]
  /** When it was judged, epoch seconds. */
  at: number
}

/** Longest fragment that is read, in characters. */
const fragmentCharactersMax = 200_000

const Text = z.string().max(20_000)

const SharedCheck = z.object({
  id: z.custom<CheckId>((id) => typeof id === 'string' && id.length <= 600),
  status: z.enum(['pass', 'fail', 'warn', 'skipped']),
  title: Text,
  message: Text,
  reason: Text.optional(),
  expected: Text.optional(),
  received: Text.optional(),
  fix: Text.optional(),
  trusted: z.boolean(),
})

const Members = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))

const Shared = z.object({
  accepted: z.boolean(),
  decisive: z.string().max(600).nullable(),
  at: z.number().min(0).max(4e9),
  checks: z.array(SharedCheck).max(200),
  header: Members.nullable(),
  claims: Members.nullable(),
})

/** Returns the part of a verdict that is shared. @param at when it was judged, epoch seconds */
export const toShared = ({ accepted, decisive, checks, header, claims }: Verdict, at: number): SharedVerdict => ({
  ...{ accepted, decisive: decisive?.id ?? null, at: Math.floor(at), header, claims },
  checks: checks.map((check) => SharedCheck.parse(check)),
})

/** Returns a verdict as the fragment of a URL, which no browser sends to a server. */
export const toFragment = (shared: SharedVerdict): string => encodeBase64url(new TextEncoder().encode(jsonText(shared)))

/** Reads a fragment, with or without its `#`; null where it holds no verdict. Nothing of it is known to be true. */
export function fromFragment(fragment: string): SharedVerdict | null {
  if (fragment.length > fragmentCharactersMax) return null
  const bytes = decodeBase64url(fragment.replace(/^#/, ''))
  const text = bytes && decodeUtf8(bytes)
  const parsed = text ? parseJson(text) : null
  if (!parsed?.ok || !isJsonObject(parsed.value)) return null
  const shared = Shared.safeParse(parsed.value)
  return shared.success ? shared.data : null
}

/** Returns a verdict as Markdown, for an issue or a chat: failures and warnings first, then claims and header. */
export function toMarkdown({ accepted, checks, at, claims, header }: SharedVerdict): string {
  const open = ['fail', 'warn'].flatMap((status) => checks.filter((check) => check.status === status))
  const passed = checks.filter(({ status }) => status === 'pass').length
  return [
    `**${accepted ? 'Accepted' : 'Refused'}** · judged ${new Date(at * 1000).toISOString()} · ${passed} checks passed`,
    ...(open.length > 0
      ? ['', '| | Check | Expected | Received |', '| --- | --- | --- | --- |', ...open.map(rowOf)]
      : []),
    ...(claims ? ['', 'Claims', '', fenced(claims)] : []),
    ...(header ? ['', 'Header', '', fenced(header)] : []),
  ].join('\n')
}

const rowOf = ({ status, title, message, expected, received }: Check) =>
  `| ${status} | ${code(title)} ${code(message)} | ${code(expected)} | ${code(received)} |`

/** A text as code in a table: nothing of it is markup. */
function code(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  const plain = visibleText(text).replace(/\s+/g, ' ').replaceAll('|', '\\|')
  const fence = '`'.repeat(longestRun(plain) + 1)
  return `${fence} ${plain} ${fence}`
}

function fenced(members: JsonObject): string {
  const text = visibleText(jsonLines(members))
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}json\n${text}\n${fence}`
}

const jsonLines = (members: JsonObject) =>
  `{\n${Object.entries(members)
    .map(([name, value]) => `  ${jsonText(name)}: ${jsonText(value)}`)
    .join(',\n')}\n}`

const longestRun = (text: string) => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
