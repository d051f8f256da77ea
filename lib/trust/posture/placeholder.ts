/** Returns the part of a text that should have been replaced (a placeholder), or null. Linear in the text. */
export function placeholderIn(text: string): string | null {
  for (const pattern of placeholders) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return found
  }
  const braces = /\{[A-Za-z_][\w -]{0,60}\}/.exec(text)?.[0]
  // Bitbucket writes ids in braces.
  return braces !== undefined && !/^\{[0-9a-f-]{30,}\}$/i.test(braces) ? braces : null
}

/** Names of the manuals, and marks of templates. A name counts as a whole part of the value only. */
const part = (names: string) => new RegExp(`(?<![\\w.-])(?:${names})(?![\\w.-])`, 'i')

const placeholders: readonly RegExp[] = [
  /<[A-Za-z][^<>]{0,100}>/,
  /(?<!\\)\$\{[^{}]{1,100}\}/,
  /\{\{[^{}]{1,100}\}\}/,
  /__[A-Z][A-Z0-9_]{0,60}__/,
  /%[A-Z][A-Z_]{2,40}%/,
  /(?<!\d)(\d)\1{11}(?!\d)/,
  /(?<![0-9a-f-])(?:00000000-0000-0000-0000-000000000000|xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)(?![0-9a-f-])/i,
  part('octo-org|octo-repo|octo-automation|octocat|octo-enterprise'),
  part('example|example-(?:org|repo|owner|project|group|team)'),
  part(
    'your[-_ ]?(?:github[-_ ])?(?:org|organi[sz]ation|repo|repository|owner|user|username|project|group|team|namespace|workspace|account|tenant|app|service-account)(?:[-_ ]?(?:name|id|slug))?',
  ),
  part('(?:org|organi[sz]ation|owner)(?:[-_]name)?/(?:repo|repository)(?:[-_]name)?'),
  part('change[-_]?me|replace[-_]?me|replace[-_]with[-_][-_\\w]*|insert[-_][-_\\w]+[-_]here|fixme|xxx+'),
]
