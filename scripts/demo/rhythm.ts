import type { Rhythm } from './machine'
import type { Random } from './random'

const dayMs = 24 * 3600 * 1000

/** The moments between two at which a machine logs in, in order. */
export function momentsOf(rhythm: Rhythm, from: Date, to: Date, random: Random): Date[] {
  const moments: number[] = []
  for (let day = Math.floor(from.getTime() / dayMs) * dayMs; day <= to.getTime(); day += dayMs) {
    moments.push(...momentsOfDay(rhythm, day, random))
  }
  return moments
    .filter((moment) => moment >= from.getTime() && moment <= to.getTime())
    .sort((one, other) => one - other)
    .map((moment) => new Date(moment))
}

function momentsOfDay(rhythm: Rhythm, day: number, random: Random): number[] {
  const jitterMs = () => random.between(0, 45_000)
  if (rhythm.kind === 'every') {
    const hours = Array.from({ length: Math.floor(24 / rhythm.hours) }, (_, turn) => turn * rhythm.hours)
    return hours.map((hour) => day + (hour * 60 + rhythm.minute) * 60_000 + jitterMs())
  }
  if (rhythm.kind === 'nightly') {
    return Array.from(
      { length: rhythm.times },
      (_, turn) => day + rhythm.hour * 3_600_000 + turn * 240_000 + jitterMs(),
    )
  }
  const usual = isWorkday(day) ? rhythm.perWorkday : rhythm.perRestDay
  const count = Math.max(0, usual + random.between(-Math.ceil(usual / 3), Math.ceil(usual / 3)))
  return Array.from({ length: count }, () => day + officeMs(random))
}

/** Somewhere in a working day, most likely before noon or in the early afternoon. */
function officeMs(random: Random): number {
  const hour = random.pick([7, 8, 8, 9, 9, 9, 10, 10, 11, 12, 13, 13, 14, 14, 15, 15, 16, 17, 18, 20])
  return (hour * 3600 + random.between(0, 3599)) * 1000
}

const isWorkday = (day: number) => ![0, 6].includes(new Date(day).getUTCDay())
