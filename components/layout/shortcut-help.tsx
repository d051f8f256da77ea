import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { shownText } from '@/components/ui/shown'
import type { NavigationItem } from './navigation'

const general = [
  { keys: ['Ctrl', 'K'], words: 'Go anywhere' },
  { keys: ['/'], words: 'Search this list' },
  { keys: ['j'], words: 'Next row' },
  { keys: ['k'], words: 'Previous row' },
  { keys: ['→'], words: 'Next control of a row' },
  { keys: ['Enter'], words: 'Open the row' },
  { keys: ['?'], words: 'These keys' },
]

/** Lists the keys of the dashboard. */
export function ShortcutHelp({
  items,
  open,
  onOpenChange,
}: {
  items: readonly NavigationItem[]
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const pages = items.flatMap(({ letter, label }) => (letter ? [{ keys: ['g', letter], words: label }] : []))
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keys" className="max-w-xl">
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <KeyList title="Everywhere" rows={general} />
          <KeyList title="Pages" rows={pages} />
        </div>
      </DialogContent>
    </Dialog>
  )
}

function KeyList({ title, rows }: { title: string; rows: readonly { keys: string[]; words: string }[] }) {
  return (
    <section>
      <h3 className="pb-1 font-medium">{shownText(title)}</h3>
      <dl className="divide-y">
        {rows.map(({ keys, words }) => (
          <div key={words} className="flex items-center justify-between gap-4 py-1">
            <dt>{shownText(words)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{shownText(key)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
