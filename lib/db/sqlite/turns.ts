/** Who writes to a file in this process takes turns: waits for its turn, and gets the function that ends it. */
export type Turns = () => Promise<() => void>

export function newTurns(): Turns {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let end = () => {}
    last = new Promise((resolve) => {
      end = resolve
    })
    await before
    return end
  }
}
