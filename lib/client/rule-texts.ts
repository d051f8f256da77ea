/** A page of `/trust-rules`: the ids after `after`, up to and with `until`. */
export type RulePage = { after: string | null; until: string | null }

/**
 * Where the ids of trusts, which are random, are divided: a page needs the cursor of the one before, so four quarters are read side by side,
 * each page by page. Of ten thousand trusts, three pages follow one another instead of ten.
 */
const quarters = ['4', '8', 'c'].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`)

/**
 * Reads the texts of all pages of `/trust-rules`, in the order of the ids.
 * @param nextOf the cursor of the page after one; null after the last
 */
export async function ruleTexts(
  read: (page: RulePage) => Promise<string>,
  nextOf: (text: string) => Promise<string | null>,
): Promise<string[]> {
  const parts = [null, ...quarters].map(async (start, at) => {
    const until = quarters[at] ?? null
    const texts: string[] = []
    for (let after = start; ; ) {
      const text = await read({ after, until })
      texts.push(text)
      after = await nextOf(text)
      if (after === null) return texts
    }
  })
  return (await Promise.all(parts)).flat()
}
