'use client'

import { FlaskConical } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/card'
import { SearchBox } from '@/components/ui/search-box'
import { Shown, shownText } from '@/components/ui/shown'
import type { PresetCard } from '@/lib/model/preset-cards'

const families: readonly { title: string; of: readonly PresetCard['family'][] }[] = [
  { title: 'Pipelines and deployments', of: ['ci', 'deployment'] },
  { title: 'Clusters and clouds', of: ['cluster', 'cloud'] },
  { title: 'Workloads and agents', of: ['workload', 'agent'] },
  { title: 'Directories', of: ['directory'] },
  { title: 'Anything else', of: ['generic'] },
]

type PickerWords = { question: string; help: string; sample: string }

const ofWorkloads: PickerWords = {
  question: 'What logs in?',
  help: 'Its platform determines which claims exist, and which of them are reliable.',
  sample: 'Keybound reads from the token what logs in, and answers the questions for you.',
}

/** Asks what logs in: a token of it, or its platform. */
export function PresetPicker({
  cards,
  sample,
  words = ofWorkloads,
  families: offered,
  onPreset,
  onTestIssuer,
}: {
  cards: readonly PresetCard[]
  /** Box for a token. */
  sample: ReactNode
  words?: PickerWords
  /** Families of the platforms that are offered; all unless given. */
  families?: readonly PresetCard['family'][]
  onPreset: (id: string) => void
  /** Absent where tokens of a test issuer are no logins. */
  onTestIssuer?: () => void
}) {
  const [search, setSearch] = useState('')
  const found = cards.filter((card) => (offered?.includes(card.family) ?? true) && isFound(card, search))
  return (
    <div className="grid gap-4">
      <Section title="Paste a token" description={words.sample}>
        {sample}
      </Section>
      <Section
        title={words.question}
        description={words.help}
        actions={
          <SearchBox label="Search platforms" placeholder="GitHub, cluster, okta" value={search} onChange={setSearch} />
        }
      >
        <div className="grid gap-5">
          {onTestIssuer && search === '' && (
            <CardButton
              title="Test issuer"
              words="If you have no issuer yet: a key is generated in this tab, and real logins can be made with it."
              icon={<FlaskConical aria-hidden className="size-4 text-attention" />}
              onClick={onTestIssuer}
            />
          )}
          {families.map(({ title, of }) => {
            const inside = found.filter(({ family }) => of.includes(family))
            return (
              inside.length > 0 && (
                <section key={title} aria-label={title} className="grid gap-2">
                  <h3 className="text-compact text-muted-foreground">{title}</h3>
                  <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2">
                    {inside.map((card) => (
                      <li key={card.id}>
                        <CardButton
                          title={card.title}
                          words={<Shown text={issuerWords(card)} />}
                          isMono
                          icon={
                            !card.verified && card.family !== 'generic' && <Badge tone="attention">not verified</Badge>
                          }
                          onClick={() => onPreset(card.id)}
                        />
                      </li>
                    ))}
                  </ul>
                </section>
              )
            )
          })}
          <p role="status" className={found.length > 0 ? 'sr-only' : 'text-muted-foreground'}>
            {found.length === 0
              ? 'No platform has this name. Use “Other issuer” for any issuer that publishes its keys.'
              : `${found.length} platforms`}
          </p>
        </div>
      </Section>
    </div>
  )
}

const isFound = ({ id, title, issuers }: PresetCard, search: string) => {
  const words = search.trim().toLowerCase().split(/\s+/)
  const text = [id, title, ...issuers].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

const issuerWords = ({ issuers: [first = '', ...more], family }: PresetCard) =>
  family === 'generic'
    ? 'Any issuer that publishes its keys'
    : `${first.replace(/^https:\/\//, '')}${more.length > 0 ? ` +${more.length}` : ''}`

function CardButton({
  title,
  words,
  icon,
  isMono = false,
  onClick,
}: {
  title: string
  words: ReactNode
  icon?: ReactNode
  isMono?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="grid h-full w-full content-start gap-0.5 rounded-md border bg-surface px-3 py-2 text-left hover:border-accent hover:bg-muted"
    >
      <span className="flex flex-wrap items-center gap-2 font-medium">
        {shownText(title)}
        {icon}
      </span>
      <span
        className={isMono ? 'truncate font-mono text-muted-foreground text-xs' : 'text-compact text-muted-foreground'}
      >
        {words}
      </span>
    </button>
  )
}
