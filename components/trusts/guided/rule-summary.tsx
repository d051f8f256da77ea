import { Shown, shownText } from '@/components/ui/shown'
import type { Guide } from '@/lib/model/set-up-guide'

/** Issuer and rules that follow from the answers, and what is missing of them. */
export function RuleSummary({ guide: { issuer, audience, audienceClaim, rules, missing } }: { guide: Guide }) {
  const rows = [
    ...(issuer === null ? [] : [{ path: 'iss', values: [issuer] }]),
    ...(audience === '' ? [] : [{ path: audienceClaim, values: [audience] }]),
    ...rules,
  ]
  return (
    <div className="grid gap-2">
      <dl
        aria-label="Rules that follow"
        className="grid gap-x-4 gap-y-1 text-compact sm:grid-cols-[auto_minmax(0,1fr)]"
      >
        {rows.map(({ path, values }) => (
          <div key={path} className="contents">
            <dt className="break-all font-medium font-mono">
              <Shown text={path} />
            </dt>
            <dd className="break-all font-mono text-muted-foreground max-sm:pb-1">
              <Shown text={values.join(', ')} />
            </dd>
          </div>
        ))}
      </dl>
      <p role="status" aria-label="Missing answers" className="text-compact text-attention empty:hidden">
        {missing.length > 0 && shownText(`Still to be answered: ${missing.join(', ')}.`)}
      </p>
    </div>
  )
}
