import { parseArgs } from 'node:util'

export type SeedOptions = {
  identities: number
  decisions: number
  /** Audit entries beside those of what is made. */
  audit: number
  /** How far back decisions and audit entries reach. */
  days: number
  /** Whether an installation that has people or identities may be added to. */
  intoExisting: boolean
  /** Of the admin that is made in an empty installation; made up where it is not given. */
  password: string | null
}

export class WrongSeedOptions extends Error {}

/** Reads the arguments of `npm run seed`. @throws WrongSeedOptions with a sentence for who typed them */
export function readSeedOptions(args: string[]): SeedOptions {
  const values = parsed(args)
  return {
    identities: whole('--identities', values.identities ?? '1000', { min: 1, max: 10_000_000 }),
    decisions: whole('--decisions', values.decisions ?? '10000', { min: 0, max: 1_000_000_000 }),
    audit: whole('--audit', values.audit ?? '0', { min: 0, max: 1_000_000_000 }),
    days: whole('--days', values.days ?? '90', { min: 1, max: 3_650 }),
    intoExisting: values['into-existing'] ?? false,
    password: values.password ?? null,
  }
}

function whole(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new WrongSeedOptions(`${name} is “${text}”; give a whole number from ${min} to ${max}.`)
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const
  const options = { identities: text, decisions: text, audit: text, days: text, password: text }
  try {
    return parseArgs({ args, options: { ...options, 'into-existing': { type: 'boolean' } } }).values
  } catch (error) {
    throw new WrongSeedOptions(error instanceof Error ? error.message : String(error))
  }
}
