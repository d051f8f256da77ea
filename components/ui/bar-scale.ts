/** Logins of one day, and what changed on it. */
export type LoginDay = {
  day: string
  accepted: number
  refused: number
  trustChanges?: number
  keyChanges?: number
}

/** "2 trusts, 1 key"; '' where nothing changed. */
export function changeWords({ trustChanges = 0, keyChanges = 0 }: LoginDay): string {
  const counted = (count: number, one: string) => (count === 0 ? [] : [`${count} ${count === 1 ? one : `${one}s`}`])
  return [...counted(trustChanges, 'trust'), ...counted(keyChanges, 'key')].join(', ')
}

/** A bar in the chart's units: refused on top of accepted. */
export type Bar = { day: string; x: number; width: number; acceptedTop: number; refusedTop: number }

/** Steps of an axis: 1, 2, 2.5, 5 and their tens, whole numbers only; at most five of them reach `count`. */
export function axisOf(count: number): { step: number; max: number } {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count / 5)))
  const steps = [1, 2, 2.5, 5, 10].map((step) => step * power)
  const step = steps.find((one) => Number.isInteger(one) && one * 5 >= count) ?? 10 * power
  return { step, max: Math.max(1, Math.ceil(count / step)) * step }
}

/** Returns the bars. A day with a login is at least one unit high, to differ from a day without. */
export function toBars(days: readonly LoginDay[], { width, height }: { width: number; height: number }): Bar[] {
  const { max } = axisOf(Math.max(0, ...days.map(({ accepted, refused }) => accepted + refused)))
  const slot = width / Math.max(1, days.length)
  const tall = (count: number) => (count === 0 ? 0 : Math.max(1, (count / max) * height))
  return days.map(({ day, accepted, refused }, at) => {
    const acceptedTop = height - tall(accepted)
    return {
      day,
      x: at * slot + slot * 0.15,
      width: slot * 0.7,
      acceptedTop,
      refusedTop: Math.max(0, acceptedTop - tall(refused)),
    }
  })
}
