import type { Page } from '@playwright/test'
import { editorOf } from './editor'

/** What one judge says: the verdict, the check that decides it, and how every check went. */
export type Judgement = { accepted: boolean; decisive: string | null; checks: string[] }

/** Types each token into the tester and reads what the row of a trust says of it. */
export const judgedByTester = (page: Page, given: { token: string; trustId: string }[]): Promise<Judgement[]> =>
  judgedInPage(
    page,
    given.map(({ token, trustId }) => ({ token, trustId })),
  )

/** Types each token into the box beside the form and reads the live verdict. */
export async function judgedBesideForm(page: Page, tokens: string[]): Promise<Omit<Judgement, 'checks'>[]> {
  const given = tokens.map((token) => ({ token, trustId: null }))
  return (await judgedInPage(page, given)).map(({ accepted, decisive }) => ({ accepted, decisive }))
}

/** Works in the page itself: a round trip for every step would take most of the time. */
function judgedInPage(page: Page, given: { token: string; trustId: string | null }[]): Promise<Judgement[]> {
  return editorOf(page).token.evaluate(
    async (box, [given, waitMs]) => {
      /** What `look` finds, now or when the page has changed. */
      async function found<T>(what: string, look: () => T | null | false): Promise<T> {
        for (;;) {
          const there = look()
          if (there) return there
          await new Promise<void>((resolve, reject) => {
            const late = setTimeout(() => reject(new Error(`${what} did not come`)), waitMs)
            const observer = new MutationObserver(() => {
              clearTimeout(late)
              observer.disconnect()
              resolve()
            })
            observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
          })
        }
      }
      const setText = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
      const live = () => document.querySelector<HTMLElement>('[role="status"][aria-label="Verdict"]')
      const judgements: Judgement[] = []
      for (const { token, trustId } of given) {
        const judge = () =>
          trustId === null ? live() : document.querySelector<HTMLElement>(`[data-trust="${trustId}"]`)
        // Nothing is left of the token before, so what comes next is about this one.
        document.querySelector<HTMLElement>('[aria-label="Forget this token"]')?.click()
        await found('the end of the last verdict', () => !judge()?.textContent)
        setText?.call(box, token)
        box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
        const verdict = await found('a verdict', () => {
          const there = judge()
          // Beside the form, the place of the verdict is there before it.
          return trustId !== null || /^(?:Accepted|Refused)(?: ·|,)/.test(there?.textContent ?? '') ? there : null
        })
        if (trustId !== null) {
          // The checks are drawn when they are asked for; of the nearest trust they are open.
          if (!verdict.querySelector('details')?.open) verdict.querySelector('summary')?.click()
          await found('the checks', () => verdict.querySelector('[data-check]'))
        }
        judgements.push({
          accepted: verdict.dataset.accepted === 'true',
          decisive: verdict.dataset.decisive ?? null,
          checks: [...verdict.querySelectorAll<HTMLElement>('[data-check]')]
            .map(({ dataset }) => `${dataset.check} ${dataset.status}`)
            // The tester was not told where the access token would be used from.
            .filter((check) => !check.startsWith('ip '))
            .sort(),
        })
      }
      return judgements
    },
    [given, 20_000] as const,
  )
}
