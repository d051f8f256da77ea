import {
  BadgeQuestionMark,
  EyeOff,
  Fingerprint,
  Hourglass,
  type LucideIcon,
  SlidersHorizontal,
  Tag,
  UserRound,
} from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { shownText } from '@/components/ui/shown'
import type { RecognitionAnswer } from '@/lib/model/posture'

type ClaimClass = RecognitionAnswer['classes'][number]['class']

const looks: Record<ClaimClass, { icon: LucideIcon; word: string; meaning: string }> = {
  id: { icon: Fingerprint, word: 'id', meaning: 'A stable id that is never assigned again. Bind it.' },
  name: { icon: Tag, word: 'name', meaning: 'A name that another owner can take over. Bind its id as well.' },
  gate: { icon: SlidersHorizontal, word: 'gate', meaning: 'Says under which circumstances the job ran.' },
  user: { icon: UserRound, word: 'user', meaning: 'Chosen by a person who uses the platform. It identifies nothing.' },
  ephemeral: {
    icon: Hourglass,
    word: 'one run',
    meaning: 'Changes with every run, so a rule on it refuses the next run.',
  },
}

/** How far a claim can be relied on, beside the claim. */
export function ClaimClassBadge({ class: name }: { class: ClaimClass }) {
  return <Marked {...looks[name]} />
}

/** Marks a claim that is about a person. */
export const PersonalBadge = () => (
  <Marked icon={EyeOff} word="personal" meaning="About a person. It is masked in recorded logins." />
)

/** Marks a claim that the platform of the token is not known to send. */
export const UnknownBadge = ({ platform }: { platform: string }) => (
  <Marked
    icon={BadgeQuestionMark}
    word="unknown"
    meaning={`${platform} is not known to send it. An administrator may have added it.`}
  />
)

function Marked({ icon, word, meaning }: { icon: LucideIcon; word: string; meaning: string }) {
  return (
    <span title={meaning}>
      <Badge icon={icon}>
        {word}
        <span className="sr-only">. {meaning}</span>
      </Badge>
    </span>
  )
}

/** Who made a token, in a line: platform and form of the subject. */
export function Recognised({ recognition }: { recognition: RecognitionAnswer }) {
  const { preset, issuer, format, looksLike, unknown } = recognition
  if (!preset) {
    return (
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 text-compact">
        <BadgeQuestionMark aria-hidden className="size-4 text-muted-foreground" />
        {looksLike ? (
          <span className="min-w-0 break-words">
            Not the issuer of a platform that Keybound knows. Its claims have the names of{' '}
            <Name text={looksLike.preset.title} />
            {looksLike.mustNotBe.length > 0 && <>, which is not the same as {titlesOf(looksLike.mustNotBe)}</>}.
          </span>
        ) : (
          <span className="text-muted-foreground">Not the issuer of a platform that Keybound knows.</span>
        )}
      </p>
    )
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 text-compact">
      <Badge tone="accent" icon={Fingerprint}>
        {shownText(preset.title)}
      </Badge>
      {issuer && issuer.title !== preset.title && <span>{shownText(issuer.title)}</span>}
      {format && <span className="text-muted-foreground">Subject: {shownText(format.title)}</span>}
      {!preset.verified && <Badge tone="attention">Facts not verified</Badge>}
      {unknown.length > 0 && (
        <span className="text-muted-foreground">
          {unknown.length === 1 ? '1 claim is' : `${unknown.length} claims are`} not known of it.
        </span>
      )}
    </p>
  )
}

const Name = ({ text }: { text: string }) => <span className="font-medium">{shownText(text)}</span>

const titlesOf = (presets: readonly { title: string }[]) => presets.map(({ title }) => title).join(' or ')
