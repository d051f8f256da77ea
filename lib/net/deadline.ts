/**
 * What `work` comes to, or `overdue()` once `ms` have passed, whichever is first; a later outcome is ignored. For work
 * that has a deadline of its own: it must end although an event of the network never arrives.
 */
export function withinDeadline<T>(work: Promise<T>, ms: number, overdue: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(overdue()), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
