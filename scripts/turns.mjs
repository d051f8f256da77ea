/**
 * Lets what runs side by side be read one after the other: who came first is printed as it comes, what the others say is
 * kept until all before them have ended.
 */
export function turns(print) {
  const waiting = []
  const printKept = () => {
    while (waiting[0]) {
      for (const text of waiting[0].kept.splice(0)) print(text)
      if (!waiting[0].hasEnded) return
      waiting.shift()
    }
  }
  return function turn() {
    const own = { kept: [], hasEnded: false }
    waiting.push(own)
    return {
      say(text) {
        own.kept.push(text)
        printKept()
      },
      end() {
        own.hasEnded = true
        printKept()
      },
    }
  }
}
