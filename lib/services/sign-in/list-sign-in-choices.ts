import type { Db } from '@/lib/db/client'
import { storedKindPart } from '@/lib/db/trust-row'
import { signIn } from '@/lib/trust/kinds'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import type { Context } from '../context'

type Choice = { id: string; name: string; styling: SignInOptions['styling'] }

/** Unauthenticated, so results, and the rows read for them, are capped. */
const choicesMax = 50
const pageRows = 200
const pagesMax = 25

/**
 * Returns the first providers, by name, that people can sign in through now, for the sign-in page. At most 5 000 rows are
 * read, so that providers that are not offered do not displace others.
 */
export async function listSignInChoices(ctx: { db: Pick<Context['db'], 'trust'> }): Promise<Choice[]> {
  const choices: Choice[] = []
  for (let page = 0; page < pagesMax && choices.length < choicesMax; page++) {
    const rows = await readPage(ctx.db, page)
    choices.push(...rows.flatMap(toChoice))
    if (rows.length < pageRows) break
  }
  return choices.slice(0, choicesMax)
}

type Row = Awaited<ReturnType<typeof readPage>>[number]

const readPage = (db: Pick<Db, 'trust'>, page: number) =>
  db.trust.findMany({
    where: { kind: signIn.kind, enabled: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    skip: page * pageRows,
    take: pageRows,
    select: { id: true, name: true, kind: true, options: true },
  })

/** Whether a provider is offered is in its JSON, so the rows have to be read. */
function toChoice({ id, name, kind, options }: Row): Choice[] {
  const stored = storedKindPart(kind, options)
  if (!stored || !signIn.is(stored) || !stored.options.isOffered) return []
  return [{ id, name, styling: stored.options.styling }]
}
