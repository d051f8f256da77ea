import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RulePage } from '@/components/posture-page/rule-page'
import { ruleOf } from '@/lib/model/finding-answers'

type Props = { params: Promise<{ ruleId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const rule = ruleOf((await params).ruleId)
  return { title: rule ? `${rule.id} ${rule.title}` : 'Posture' }
}

/** Rendered on the server, where the rules are; the page gets one rule's words. */
export default async function Page({ params }: Props) {
  const rule = ruleOf((await params).ruleId)
  if (!rule) notFound()
  const { id, severity, title, why, opens, remedy, sources, blocksEnabling } = rule
  return <RulePage rule={{ id, severity, title, why, opens, remedy, sources, blocksEnabling }} />
}
