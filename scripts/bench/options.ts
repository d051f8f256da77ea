import { parseArgs } from 'node:util'

/** What can be measured; each is a file of `groups/`. */
export const groupNames = ['login', 'refused', 'tokens', 'lists', 'engine', 'start', 'pages'] as const
export type GroupName = (typeof groupNames)[number]

export type Options = {
  isQuick: boolean
  groups: GroupName[]
  /** Whether docs/performance.md is written from it: always after a whole run at length, else only when asked for. */
  isReported: boolean
  /** Files of earlier runs, to write the page from; where there are any, nothing is measured. */
  from: string[]
}

export class WrongOptions extends Error {}

/** Reads the arguments of `npm run bench`. @throws WrongOptions with a sentence for who typed them */
export function readOptions(args: string[]): Options {
  const { quick = false, only, report = false, from: files = '' } = parsed(args)
  const from = files.split(',').filter((file) => file !== '')
  if (only === undefined) return { isQuick: quick, groups: [...groupNames], isReported: report || !quick, from }
  const wanted = only.split(',').map((name) => name.trim())
  const wrong = wanted.filter((name) => !isGroup(name))
  if (wrong.length > 0) {
    throw new WrongOptions(`--only names no group “${wrong.join(', ')}”; the groups are ${groupNames.join(', ')}.`)
  }
  return { isQuick: quick, groups: groupNames.filter((name) => wanted.includes(name)), isReported: report, from }
}

const isGroup = (name: string): name is GroupName => (groupNames as readonly string[]).includes(name)

function parsed(args: string[]) {
  try {
    const [flag, text] = [{ type: 'boolean' } as const, { type: 'string' } as const]
    return parseArgs({ args, options: { quick: flag, report: flag, only: text, from: text } }).values
  } catch (error) {
    throw new WrongOptions(error instanceof Error ? error.message : String(error))
  }
}
