import { WrongUsage } from '../command'

export const formatOption = (formats: readonly string[]) =>
  ({ type: 'string', value: 'FORMAT', about: `${formats.join(', ')} (${formats[0]})` }) as const

/** Returns the format that is asked for; without one, the first. @throws WrongUsage */
export function formatOf<Format extends string>(
  given: string | undefined,
  formats: readonly [Format, ...Format[]],
): Format {
  const format = formats.find((one) => one === (given ?? formats[0]))
  if (format !== undefined) return format
  throw new WrongUsage(`--format is ${JSON.stringify(given)}; give one of ${formats.join(', ')}.`)
}
